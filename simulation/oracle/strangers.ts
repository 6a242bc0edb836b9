import type { Invocation } from '../invocation.ts';
import type { RequestPlan } from '../scenario.ts';
import { CHECKS } from '../service-bus.ts';
import { isCheckName, teardownOf } from './names.ts';

interface Marked {
  readonly reason?: string;
}

/** What others than the app have put into the queue of checks, or taken out of the queues. */
export class Strangers {
  /** By the mark that everything carries which goes back to it. */
  readonly #forged = new Map<string, RequestPlan>();
  /** MessageIds of what is no check of this app's, though it may be called like one. */
  readonly #foreign = new Set<string>();
  /** Teardowns whose check was dropped because a foreign message had its MessageId. */
  readonly #displaced = new Set<string>();
  /** Teardowns of which a message was taken out. */
  readonly #takenOut = new Set<string>();
  readonly #gone = new Set<string>();

  forged(plan: RequestPlan): void {
    this.#forged.set(plan.forged?.mark ?? '', plan);
  }

  foreign(messageId: string): void {
    this.#foreign.add(messageId);
  }

  takenOut(messageId: string): void {
    this.#gone.add(messageId);
    this.#takenOut.add(teardownOf(messageId));
  }

  /** A check is about to be sent; true where a foreign message has its name already. */
  displaces(messageId: string): boolean {
    if (!this.#foreign.has(messageId)) return false;
    this.#displaced.add(teardownOf(messageId));
    return true;
  }

  /** The forged plan that an invocation goes by, if it goes back to one. */
  planOf(invocation: Invocation): RequestPlan | undefined {
    const { message } = invocation;
    if (message === undefined || this.#isForeign(invocation)) return undefined;
    const { request } = message.content.body as { readonly request?: Marked };
    return this.marked(request?.reason);
  }

  marked(mark: string | undefined): RequestPlan | undefined {
    return this.#forged.get(mark ?? '');
  }

  /** Whether the message in hand is a stranger's, or goes back to one. */
  sent(invocation: Invocation): boolean {
    return this.#isForeign(invocation) || this.planOf(invocation) !== undefined;
  }

  #isForeign({ path, message }: Invocation): boolean {
    return path === CHECKS && this.sentForeign(String(message?.content.messageId));
  }

  sentForeign(messageId: string): boolean {
    return this.#foreign.has(messageId);
  }

  plans(): readonly RequestPlan[] {
    return [...this.#forged.values()];
  }

  /** Whether a teardown was also gone on with by somebody's forged check. */
  hasForged(teardownId: string): boolean {
    return this.plans().some(({ messageId }) => messageId === teardownId);
  }

  /** Those that are to be answered: each by one event. */
  answerable(): readonly string[] {
    return [...this.#foreign].filter((id) => !this.#gone.has(id));
  }

  /** The only reasons for which a teardown may have no outcome: nothing is left that could tell of it. */
  mayBeLost(teardownId: string): boolean {
    return this.#takenOut.has(teardownId) || this.#displaced.has(teardownId);
  }

  clear(): void {
    const kept = [this.#forged, this.#foreign, this.#displaced, this.#takenOut, this.#gone];
    for (const each of kept) each.clear();
  }
}

/** The teardown that a foreign message's answer has to name, where its name is a check's. */
export function displacedBy(messageId: string): string | undefined {
  return isCheckName(messageId) ? teardownOf(messageId) : undefined;
}
