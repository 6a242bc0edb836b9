import type { Clock } from '../clock.ts';
import type { RpcTypedData } from './core-contract.ts';
import type { Invoke } from './invoker.ts';
import type { Listener } from './listener.ts';
import type { FunctionDefinition, TimerTrigger } from './trigger-definition.ts';

/** .NET's default time, which the real host shows as `Last` before a timer's first run. */
const NEVER = '0001-01-01T00:00:00';

export interface TimerListenerOptions {
  definition: FunctionDefinition<TimerTrigger>;
  clock: Clock;
  invoke: Invoke;
}

/**
 * Calls a timer function when its schedule says so, one run at a time: what falls due during a run is skipped, and the
 * next time is counted from the run's end. Past runs are not remembered over a restart, so a timer is never past due.
 */
export class TimerListener implements Listener {
  readonly #options: TimerListenerOptions;
  #cancel = () => {};
  #isStopping = false;
  #lastMs: number | undefined;
  #nextMs: number | undefined;
  #running: Promise<unknown> = Promise.resolve();

  constructor(options: TimerListenerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#scheduleNext();
    if (this.#options.definition.trigger.runOnStartup) {
      void this.#run(`Timer fired at ${this.#now()} (run on startup)`);
    }
  }

  /** Runs the function by hand, after a run that is under way; resolves with its error, if it failed. */
  runNow(): Promise<Error | undefined> {
    return this.#run('This function was programmatically called via the host APIs.');
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#cancel();
  }

  async finished(): Promise<void> {
    await this.#running;
  }

  async close(): Promise<void> {}

  #scheduleNext(): void {
    if (this.#isStopping) return;
    const { clock, definition } = this.#options;
    this.#nextMs = definition.trigger.schedule.nextMs(clock.nowMs());
    if (this.#nextMs === undefined) return;
    this.#cancel = clock.schedule(this.#nextMs, () => {
      void this.#run(`Timer fired at ${this.#now()}`).then(() => this.#scheduleNext());
    });
  }

  #run(reason: string): Promise<Error | undefined> {
    const run = this.#running.then(async () => {
      if (this.#isStopping) return new Error('The host is stopping.');
      const input = this.#input();
      this.#lastMs = this.#options.clock.nowMs();
      const { definition, invoke } = this.#options;
      return invoke({ definition, input, reason });
    });
    this.#running = run;
    return run;
  }

  /** The timer as .NET serialises it; the status is that of before this run: its `Next` is the time now due. */
  #input(): RpcTypedData {
    const last = this.#lastMs === undefined ? NEVER : toText(this.#lastMs);
    const { useMonitor } = this.#options.definition.trigger;
    const timer = {
      Schedule: { AdjustForDST: true },
      ScheduleStatus: useMonitor
        ? {
            Last: last,
            Next: this.#nextMs === undefined ? NEVER : toText(this.#nextMs),
            LastUpdated: last,
          }
        : null,
      IsPastDue: false,
    };
    return { json: JSON.stringify(timer) };
  }

  #now(): string {
    return toText(this.#options.clock.nowMs());
  }
}

function toText(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '+00:00');
}
