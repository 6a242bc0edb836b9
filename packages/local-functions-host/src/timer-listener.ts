import type { Clock } from '@sandbox-teardown/shared/clock';
import type { RpcTypedData } from './core-contract.ts';
import type { Invoke } from './invoker.ts';
import type { Listener } from './listener.ts';
import type { ScheduleStatus } from './schedule-status.ts';
import type { TimerSettings } from './timer-settings.ts';
import type { FunctionDefinition, TimerTrigger } from './trigger-definition.ts';

/** .NET's default time, which the real host shows as `Last` before a timer's first run. */
const NEVER = '0001-01-01T00:00:00';

export interface TimerListenerOptions {
  definition: FunctionDefinition<TimerTrigger>;
  clock: Clock;
  invoke: Invoke;
  timers: TimerSettings;
}

type Why = 'due' | 'past-due' | 'on-startup';

/**
 * Calls a timer function when its schedule says so, one run at a time, as the real host's `TimerListener` does: what fell due
 * while no host ran is made up for by one run at the start, and what falls due during a run by one after it.
 */
export class TimerListener implements Listener {
  readonly #options: TimerListenerOptions;
  #cancel = () => {};
  #isStopping = false;
  #status: Partial<ScheduleStatus> = {};
  #running: Promise<unknown> = Promise.resolve();

  constructor(options: TimerListenerOptions) {
    this.#options = options;
  }

  start(): void {
    const { definition } = this.#options;
    const isPastDue = this.#readStatus();
    if (isPastDue) this.#fire('past-due');
    else if (definition.trigger.runOnStartup) this.#fire('on-startup');
    else this.#scheduleNext();
  }

  /** Runs the function by hand, after a run that is under way; resolves with its error, if it failed. */
  runNow(): Promise<Error | undefined> {
    return this.#run('This function was programmatically called via the host APIs.', false);
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#cancel();
  }

  async finished(): Promise<void> {
    await this.#running;
  }

  async close(): Promise<void> {}

  /** Takes up what is remembered of the timer, unless its schedule is another one by now; tells whether it is past due. */
  #readStatus(): boolean {
    const { definition, clock, timers } = this.#options;
    const { schedule, useMonitor } = definition.trigger;
    const nowMs = clock.nowMs();
    const known = useMonitor ? timers.statuses.read(definition.name) : undefined;
    if (
      known !== undefined &&
      schedule.nextMs(known.lastMs ?? known.lastUpdatedMs) === known.nextMs
    ) {
      this.#status = known;
      return nowMs > known.nextMs;
    }
    const nextMs = schedule.nextMs(nowMs);
    this.#status = nextMs === undefined ? {} : { nextMs };
    if (nextMs !== undefined) this.#write({ nextMs, lastUpdatedMs: nowMs });
    return false;
  }

  #write(status: ScheduleStatus): void {
    const { definition, timers } = this.#options;
    if (definition.trigger.useMonitor) timers.statuses.write(definition.name, status);
  }

  #scheduleNext(): void {
    const { nextMs } = this.#status;
    if (this.#isStopping || nextMs === undefined) return;
    const { clock, timers } = this.#options;
    this.#cancel = clock.schedule(nextMs - timers.earlyMs, () => this.#fire('due'));
  }

  #fire(why: Why): void {
    const { clock } = this.#options;
    const startedMs = clock.nowMs();
    void this.#run(`Timer fired at ${toText(startedMs)}${REASONS[why]}`, why === 'past-due').then(
      () => {
        this.#noteRun(why, startedMs);
        this.#scheduleNext();
      },
    );
  }

  /** A run before its time counts for the time that it was due. */
  #noteRun(why: Why, startedMs: number): void {
    const { nextMs: dueMs = startedMs } = this.#status;
    const lastMs = why === 'due' ? Math.max(startedMs, dueMs) : startedMs;
    const nextMs = this.#options.definition.trigger.schedule.nextMs(lastMs);
    this.#status = { lastMs, lastUpdatedMs: lastMs, ...(nextMs !== undefined && { nextMs }) };
    if (nextMs !== undefined) this.#write({ lastMs, nextMs, lastUpdatedMs: lastMs });
  }

  #run(reason: string, isPastDue: boolean): Promise<Error | undefined> {
    const run = this.#running.then(async () => {
      if (this.#isStopping) return new Error('The host is stopping.');
      const { definition, invoke } = this.#options;
      return invoke({ definition, input: this.#input(isPastDue), reason });
    });
    this.#running = run;
    return run;
  }

  /** The timer as .NET serialises it; the status is that of before this run: its `Next` is the time now due. */
  #input(isPastDue: boolean): RpcTypedData {
    const { lastMs, nextMs, lastUpdatedMs } = this.#status;
    const timer = {
      Schedule: { AdjustForDST: true },
      ScheduleStatus: this.#options.definition.trigger.useMonitor
        ? { Last: toText(lastMs), Next: toText(nextMs), LastUpdated: toText(lastUpdatedMs) }
        : null,
      IsPastDue: isPastDue,
    };
    return { json: JSON.stringify(timer) };
  }
}

const REASONS: Readonly<Record<Why, string>> = {
  due: '',
  'past-due': ' (past due)',
  'on-startup': ' (run on startup)',
};

function toText(ms: number | undefined): string {
  return ms === undefined ? NEVER : new Date(ms).toISOString().replace('Z', '+00:00');
}
