import type { Invocation } from '../invocation.ts';
import type { RequestPlan } from '../scenario.ts';
import { CHECKS } from '../service-bus.ts';
import { isCheckName, teardownOf } from './names.ts';

/** How a forged check of a version to come names itself. */
export interface NewerNames {
  readonly teardownId: string;
  readonly attempt: number;
  /** The number under which it says that it first came. */
  readonly postponedFrom?: number;
}

interface Marked {
  readonly reason?: string;
}

/** What others than the app put into the queue of checks, or took out of the queues. */
export class Strangers {
  /** By the mark that everything carries that follows from it. */
  readonly #forged = new Map<string, RequestPlan>();
  /** MessageIds of foreign messages, which may be named like checks. */
  readonly #foreign = new Set<string>();
  /** MessageIds of forged checks of a version to come, each with the one under which it is told of. */
  readonly #newer = new Map<string, string>();
  /** Teardowns whose check was dropped because a foreign message had its MessageId. */
  readonly #displaced = new Set<string>();
  /** Teardowns with a message that was taken out. */
  readonly #takenOut = new Set<string>();
  readonly #gone = new Set<string>();

  forged(plan: RequestPlan): void {
    this.#forged.set(plan.forged?.mark ?? '', plan);
  }

  foreign(messageId: string): void {
    this.#foreign.add(messageId);
  }

  newer({ teardownId, attempt, postponedFrom = attempt }: NewerNames): void {
    const nameOf = (number: number) => `${teardownId}:check:${number}`;
    this.#newer.set(nameOf(attempt), nameOf(postponedFrom));
  }

  takenOut(messageId: string): void {
    this.#gone.add(messageId);
    this.#takenOut.add(teardownOf(messageId));
  }

  /** Whether a check that is about to be sent has the MessageId of a foreign message. */
  displaces(messageId: string): boolean {
    if (!this.#foreign.has(messageId)) return false;
    this.#displaced.add(teardownOf(messageId));
    return true;
  }

  /** The forged plan from which an invocation follows, if any. */
  planOf(invocation: Invocation): RequestPlan | undefined {
    const { message } = invocation;
    if (message === undefined || this.#isForeign(invocation)) return undefined;
    const { request } = message.content.body as { readonly request?: Marked };
    return this.marked(request?.reason);
  }

  marked(mark: string | undefined): RequestPlan | undefined {
    return this.#forged.get(mark ?? '');
  }

  /** Whether an invocation's message is a stranger's, or follows from one. */
  sent(invocation: Invocation): boolean {
    return this.#isForeign(invocation) || this.planOf(invocation) !== undefined;
  }

  #isForeign({ path, message }: Invocation): boolean {
    return path === CHECKS && this.sentForeign(String(message?.content.messageId));
  }

  sentForeign(messageId: string): boolean {
    return this.#foreign.has(messageId);
  }

  sentNewer(messageId: string): boolean {
    return [...this.#newer.values()].includes(messageId);
  }

  /** Whether a forged check of a version to come may have ended this teardown. */
  hasNewer(teardownId: string): boolean {
    return [...this.#newer.keys()].some((name) => teardownOf(name) === teardownId);
  }

  plans(): readonly RequestPlan[] {
    return [...this.#forged.values()];
  }

  /** Whether a forged check continued a teardown. */
  hasForged(teardownId: string): boolean {
    return this.plans().some(({ messageId }) => messageId === teardownId);
  }

  /** The foreign messages that need one event each. */
  answerable(): readonly string[] {
    return [...this.#foreign].filter((id) => !this.#gone.has(id));
  }

  /** The MessageIds under which checks of a version to come need one event each. */
  toBeReported(): readonly string[] {
    return [...this.#newer].filter(([id]) => !this.#gone.has(id)).map(([, told]) => told);
  }

  /** Whether a teardown may have no outcome because its message was removed or displaced. */
  mayBeLost(teardownId: string): boolean {
    return this.#takenOut.has(teardownId) || this.#displaced.has(teardownId);
  }

  clear(): void {
    const names = [this.#foreign, this.#displaced, this.#takenOut, this.#gone];
    for (const each of [this.#forged, this.#newer, ...names]) each.clear();
  }
}

/** The teardown that the answer to a foreign message must name, if the MessageId is that of a check. */
export function displacedBy(messageId: string): string | undefined {
  return isCheckName(messageId) ? teardownOf(messageId) : undefined;
}
