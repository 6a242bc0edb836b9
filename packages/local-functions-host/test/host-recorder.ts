import { fileURLToPath } from 'node:url';
import {
  type FunctionsHost,
  type HostEvent,
  spawnFunctionsHost,
} from '../src/spawn-functions-host.ts';

type Match<T extends HostEvent['type']> = Extract<HostEvent, { type: T }>;

/** Keeps what hosts report, and lets a test wait for a report instead of for some time. */
export class HostRecorder {
  readonly events: HostEvent[] = [];
  readonly output: string[] = [];
  #waiting: (() => void)[] = [];

  readonly onEvent = (event: HostEvent): void => {
    this.events.push(event);
    for (const wake of this.#waiting.splice(0)) wake();
  };

  readonly onOutput = (line: string, stream: 'stdout' | 'stderr'): void => {
    this.output.push(`${stream} ${line}`);
  };

  all<T extends HostEvent['type']>(
    type: T,
    where: (event: Match<T>) => boolean = () => true,
  ): Match<T>[] {
    return this.events.filter(
      (event): event is Match<T> => event.type === type && where(event as Match<T>),
    );
  }

  /** Resolves with the first `count` events of a kind, those already there included. */
  async take<T extends HostEvent['type']>(
    type: T,
    where: (event: Match<T>) => boolean = () => true,
    count = 1,
  ): Promise<Match<T>[]> {
    for (;;) {
      const found = this.all(type, where);
      if (found.length >= count) return found.slice(0, count);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  spawn(fixture: string, environment: Record<string, string> = {}): Promise<FunctionsHost> {
    const appDirectory = fileURLToPath(new URL(`./fixtures/${fixture}`, import.meta.url));
    return spawnFunctionsHost({
      appDirectory,
      environment,
      onEvent: this.onEvent,
      onOutput: this.onOutput,
    });
  }
}
