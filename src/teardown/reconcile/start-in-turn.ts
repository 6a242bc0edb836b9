import * as v from 'valibot';
import { type Check, progressBefore } from '../model/check.ts';
import type { IncomingMessage, QueuedMessage, QueueName } from '../model/incoming-message.ts';
import { customerOfSweepRequestId } from '../model/message-ids.ts';
import type { Result } from './result.ts';

/**
 * Looks at the first messages of a queue, locked and scheduled ones too, and takes none.
 *
 * @throws Error where Service Bus does not answer
 */
export type PeekQueue = (queue: QueueName, maxCount: number) => Promise<readonly QueuedMessage[]>;

/** How far a request looks; a sandbox has fewer customers. Further ahead it only counts as so many. */
export const MAX_PEEKED = 250;

/** A check that has still to begin its teardown. */
const notBegun = v.looseObject({ teardownId: v.string(), begun: v.literal(false) });
const ofTeardown = v.looseObject({ teardownId: v.string() });

/** A request that has waited so long for Service Bus starts in a check: its function has little time left. */
const MAX_PEEKING_MS = 20_000;

export interface TurnDeps {
  readonly peek: PeekQueue;
  /** The time between the starts of two teardowns, so that together they keep within the rate limit. */
  readonly startSpacingMs: number;
  nowMs(): number;
}

/**
 * When a request's turn has not come: its first check, as many spacings later as teardowns start before it. Undefined:
 * it starts now. Requests that arrive together are so spread over the instances without any of them being counted. A
 * sweep's requests are spread by their schedule.
 */
export async function waitForTurn(
  first: Check,
  message: IncomingMessage,
  { peek, startSpacingMs, nowMs }: TurnDeps,
): Promise<Result | undefined> {
  if (customerOfSweepRequestId(message.messageId) !== undefined) return undefined;
  const askedMs = nowMs();
  // In this order: a request that is moved on in between is then seen twice rather than not at all.
  const requests = await peek('requests', MAX_PEEKED);
  const ahead = startsAhead(message, requests, await peek('checks', MAX_PEEKED));
  const isLate = nowMs() - askedMs > MAX_PEEKING_MS;
  if (ahead === 0 && !isLate) return undefined;
  return {
    kind: 'requeue',
    delayMs: ahead * startSpacingMs,
    ...progressBefore(first),
    why: `It starts in its turn: ${ahead} before it.`,
  };
}

/**
 * How many teardowns start before that of a request: of the requests before it in the queue, and of those that wait for
 * their turn. If its own check waits, this request came again, and its turn is still to come.
 */
export function startsAhead(
  { messageId, sequenceNumber }: IncomingMessage,
  requests: readonly QueuedMessage[],
  checks: readonly QueuedMessage[],
): number {
  const before = requests
    .filter(({ isScheduled }) => !isScheduled)
    .filter((other) => isLess(other.sequenceNumber, sequenceNumber))
    .map((other) => other.messageId);
  const waiting = checks.flatMap(({ body }) => {
    if (v.is(notBegun, body)) return [body.teardownId];
    return v.is(ofTeardown, body) && body.teardownId === messageId ? [messageId] : [];
  });
  return new Set([...before, ...waiting]).size;
}

function isLess(one: bigint | undefined, other: bigint | undefined): boolean {
  return one !== undefined && other !== undefined && one < other;
}
