import type { Ask } from './sender.ts';

/** A Partner Center that answers, real or simulated. */
export interface Contract {
  /** Where the suite runs, for people. */
  readonly line: string;
  readonly customerId: string;
  readonly writesCustomerId: string | undefined;
  /** Application credentials, with no person behind them. */
  readonly appOnly: boolean;
  /** May the suite use up the requests of a minute? */
  readonly mayThrottle: boolean;
  /** What must become of the customer that is written to; absent where no one can know. */
  readonly mustEnd?: 'deleted' | 'kept';
  /** The longest that one test may take, with all its waiting. */
  readonly maxTestMs: number;
  readonly time: Time;
  readonly ask: Ask;
  readonly seen: Seen;
  close(): Promise<void>;
}

export interface Time {
  nowMs(): number;
  /** A simulated one moves its clock instead. */
  wait(delayMs: number): Promise<void>;
}

/** What was answered where no article says what to expect, by the question; most are settings of the simulated sandbox. */
export class Seen {
  readonly #answers = new Map<string, Set<string>>();

  note(question: string, answer: string | number | boolean): void {
    const answers = this.#answers.get(question) ?? new Set();
    this.#answers.set(question, answers.add(String(answer)));
  }

  /** All answers to one question, in the order in which they came. */
  answersTo(question: string): readonly string[] {
    return [...(this.#answers.get(question) ?? [])];
  }

  /** For people: a line for each question. */
  get lines(): readonly string[] {
    return [...this.#answers].map(
      ([question, answers]) => `${question}: ${[...answers].join(', ')}`,
    );
  }
}
