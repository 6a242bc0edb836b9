import { logsOf } from '../src/functions/log-lines.ts';
import type { LogOf } from '../src/teardown/log/log.ts';

/** The counts of one run of a function. */
export interface Execution {
  readonly function: string;
  readonly apiRequests: number;
  readonly messagesSent: number;
  readonly logLines: number;
  readonly logBytes: number;
}

type Counts = { -readonly [K in keyof Execution]: Execution[K] };

/** Counts what each run of a function does; one run at a time. */
export class ExecutionMeter {
  readonly executions: Execution[] = [];
  #running: Counts | undefined;

  /** Counts the app's log lines instead of writing them. */
  readonly logOf: LogOf = logsOf({
    log: (line: string) => this.#line(line),
    warn: (line: string) => this.#line(line),
  });

  async run(name: string, work: () => Promise<void>): Promise<void> {
    const counts = { function: name, apiRequests: 0, messagesSent: 0, logLines: 0, logBytes: 0 };
    this.#running = counts;
    await work();
    this.#running = undefined;
    this.executions.push(counts);
  }

  /** The same `fetch`, with every request counted. */
  counting(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
    return (input, init) => {
      if (this.#running !== undefined) this.#running.apiRequests += 1;
      return fetch(input, init);
    };
  }

  messageSent(): void {
    if (this.#running !== undefined) this.#running.messagesSent += 1;
  }

  #line(line: string): void {
    if (this.#running === undefined) return;
    this.#running.logLines += 1;
    this.#running.logBytes += Buffer.byteLength(line);
  }
}
