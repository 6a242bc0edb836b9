import { checkBodyOf } from '../../src/teardown/check-message.ts';
import type { Look } from '../../src/teardown/look.ts';
import type { Messenger, OutcomeAbout } from '../../src/teardown/messenger.ts';
import type { Outcome } from '../../src/teardown/outcome.ts';

export interface Message {
  readonly queue: 'requests' | 'checks';
  readonly messageId: string;
  readonly body: unknown;
  readonly dueMs: number;
  deliveries: number;
}

/** The instance died: what it had sent is sent, what it had not is not. */
export class Crash extends Error {}

/** Two queues and a topic with duplicate detection, and instances that may die around every sending. */
export class Bus implements Messenger {
  readonly messages: Message[] = [];
  readonly outcomes: { about: OutcomeAbout; outcome: Outcome }[] = [];
  crashes = 0;
  readonly #seen = new Set<string>();
  readonly #nowMs: () => number;
  readonly #dies: () => boolean;

  constructor(nowMs: () => number, dies: () => boolean) {
    this.#nowMs = nowMs;
    this.#dies = dies;
  }

  send(queue: Message['queue'], messageId: string, body: unknown, delayMs = 0): void {
    if (this.#isDuplicate(`${queue}/${messageId}`)) return;
    this.messages.push({
      queue,
      messageId,
      body: JSON.parse(JSON.stringify(body)),
      dueMs: this.#nowMs() + delayMs,
      deliveries: 0,
    });
  }

  async scheduleCheck(look: Look, delayMs: number): Promise<void> {
    const id = `${look.teardownId}:check:${look.attempt}`;
    this.#survive(() => this.send('checks', id, checkBodyOf(look), delayMs));
  }

  async publishOutcome(about: OutcomeAbout, outcome: Outcome): Promise<void> {
    this.#survive(() => {
      if (!this.#isDuplicate(`outcomes/${about.teardownId}`))
        this.outcomes.push({ about, outcome });
    });
  }

  #isDuplicate(id: string): boolean {
    if (this.#seen.has(id)) return true;
    this.#seen.add(id);
    return false;
  }

  #survive(send: () => void): void {
    if (this.#dies()) this.#crash();
    send();
    if (this.#dies()) this.#crash();
  }

  #crash(): never {
    this.crashes += 1;
    throw new Crash();
  }
}
