import type { Invocation } from '../invocation.ts';
import type { Write } from '../write.ts';

/** "Expect about 10 mins for the status to be reflected": article cancel-an-azure-subscription. */
const SHOWS_AFTER_MS = 10 * 60_000;

/** When each Azure subscription's cancellation was accepted, by the path of the call. */
type Accepted = ReadonlyMap<string, number>;

/**
 * The accepted cancellations that a teardown can know: a check passes on those it saw in the next check that it sends.
 * What a check did before it died without sending anything is lost.
 */
export class Cancellations {
  /** By the MessageId of a check; the first message with that id is the one delivered. */
  readonly #knownTo = new Map<string, Accepted>();

  /** A check has sent the check that comes after it. */
  sent(invocation: Invocation, messageId: string): void {
    if (this.#knownTo.has(messageId)) return;
    this.#knownTo.set(messageId, new Map([...this.#before(invocation), ...invocation.cancelled]));
  }

  /** How long ago the same cancellation was accepted, if it is repeated too soon. */
  repeatedAfterMs(invocation: Invocation, { path }: Write, nowMs: number): number | undefined {
    if (!isAzureCancellation(path)) return undefined;
    const atMs = invocation.cancelled.get(path) ?? this.#before(invocation).get(path);
    if (atMs === undefined || nowMs - atMs >= SHOWS_AFTER_MS) return undefined;
    return nowMs - atMs;
  }

  /** Forgets the checks of these teardowns: their ids begin again. */
  forget(): void {
    this.#knownTo.clear();
  }

  #before({ message }: Invocation): Accepted {
    return this.#knownTo.get(message?.content.messageId ?? '') ?? new Map();
  }
}

export function isAzureCancellation(path: string): boolean {
  return /\/azureentitlements\/[^/]+\/cancel$/i.test(path);
}
