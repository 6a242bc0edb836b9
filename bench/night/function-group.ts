import { MAX_CONCURRENT_CALLS } from '../../simulation/service-bus.ts';
import type { App } from '../../src/functions/app.ts';

/** An instance of one function: Flex Consumption scales each function of a queue by itself. */
class Instance {
  readonly app: App;
  running = 0;
  /** When it began to work, if it does. */
  busySinceMs = 0;

  constructor(app: App) {
    this.app = app;
  }
}

/** All instances of one function; a message goes to the one with the fewest, so that all of them are in use. */
export class FunctionGroup {
  /** How long each execution ran. */
  readonly executionsMs: number[] = [];
  /** How long an instance was at work without a break, once for each such period. */
  readonly activeMs: number[] = [];
  readonly #instances: readonly Instance[];
  readonly #nowMs: () => number;
  #next = 0;

  constructor(apps: readonly App[], nowMs: () => number) {
    this.#instances = apps.map((app) => new Instance(app));
    this.#nowMs = nowMs;
  }

  get hasRoom(): boolean {
    return this.#instances.some(({ running }) => running < MAX_CONCURRENT_CALLS);
  }

  get running(): number {
    return this.#instances.reduce((sum, { running }) => sum + running, 0);
  }

  async run(work: (app: App) => Promise<void>): Promise<void> {
    const instance = this.#idlest();
    const startMs = this.#nowMs();
    if (instance.running === 0) instance.busySinceMs = startMs;
    instance.running += 1;
    try {
      await work(instance.app);
    } finally {
      instance.running -= 1;
      this.executionsMs.push(this.#nowMs() - startMs);
      if (instance.running === 0) this.activeMs.push(this.#nowMs() - instance.busySinceMs);
    }
  }

  /** The instances with the fewest messages, in turn. */
  #idlest(): Instance {
    const { length } = this.#instances;
    const inTurn = this.#instances.map(
      (_, index) => this.#instances[(this.#next + index) % length],
    );
    this.#next += 1;
    const [first, ...others] = inTurn.filter((instance) => instance !== undefined);
    if (first === undefined) throw new Error('A function needs an instance.');
    return others.reduce((best, each) => (each.running < best.running ? each : best), first);
  }
}
