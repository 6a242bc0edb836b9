import type { Check } from '../src/teardown/model/check.ts';
import { checkBodyOf } from '../src/teardown/model/check.ts';
import type { Messenger } from '../src/teardown/model/messenger.ts';
import type { SweepMessenger } from '../src/teardown/sweep/sweep.ts';

export interface VirtualMessage {
  readonly queue: 'requests' | 'checks';
  readonly messageId: string;
  readonly body: unknown;
  readonly dueMs: number;
}

interface SendCounter {
  messageSent(): void;
}

/** Both queues on a simulated clock, delivered in the order in which messages fall due. */
export class VirtualQueue implements Messenger, SweepMessenger {
  readonly outcomes: string[] = [];
  readonly #nowMs: () => number;
  readonly #counter: SendCounter | undefined;
  #messages: VirtualMessage[] = [];

  constructor(nowMs: () => number, counter?: SendCounter) {
    this.#nowMs = nowMs;
    this.#counter = counter;
  }

  take(): VirtualMessage | undefined {
    const [next] = this.#messages.toSorted((a, b) => a.dueMs - b.dueMs);
    this.#messages = this.#messages.filter((message) => message !== next);
    return next;
  }

  async scheduleCheck(check: Check, delayMs: number): Promise<void> {
    this.#add('checks', `${check.teardownId}:check:${check.attempt}`, checkBodyOf(check), delayMs);
  }

  /** Of its own version are all. */
  async postponeCheck({ teardownId }: { readonly teardownId: string }): Promise<void> {
    throw new Error(`A check of ${teardownId} cannot be read.`);
  }

  async sendRequest(teardownId: string, request: unknown, delayMs: number): Promise<void> {
    this.#add('requests', teardownId, request, delayMs);
  }

  async publishOutcome(_about: unknown, outcome: { readonly kind: string }): Promise<void> {
    this.#counter?.messageSent();
    this.outcomes.push(outcome.kind);
  }

  async publishSweep(): Promise<void> {
    this.#counter?.messageSent();
  }

  #add(queue: VirtualMessage['queue'], messageId: string, body: unknown, delayMs: number): void {
    this.#counter?.messageSent();
    const copy: unknown = JSON.parse(JSON.stringify(body));
    this.#messages.push({ queue, messageId, body: copy, dueMs: this.#nowMs() + delayMs });
  }
}
