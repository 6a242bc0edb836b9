import type { App } from '../../src/functions/app.ts';

/** The value of host.json. */
const MAX_CONCURRENT_CALLS = 8;

/** An instance of one function: Flex Consumption scales each function of a queue by itself. */
class Instance {
  readonly app: App;
  running = 0;
  /** When it began to work and when it was done, one pair for each busy period. */
  readonly active: { readonly fromMs: number; toMs: number }[] = [];

  constructor(app: App) {
    this.app = app;
  }
}

/** All instances of one function; a message goes to the one with the fewest, so that all of them are in use. */
export class FunctionGroup {
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

  /** The busy periods of each instance. */
  get activePeriods(): readonly { readonly fromMs: number; readonly toMs: number }[] {
    return this.#instances.flatMap(({ active }) => active);
  }

  async run(work: (app: App) => Promise<void>): Promise<void> {
    const instance = this.#idlest();
    if (instance.running === 0) instance.active.push({ fromMs: this.#nowMs(), toMs: Infinity });
    instance.running += 1;
    try {
      await work(instance.app);
    } finally {
      instance.running -= 1;
      const last = instance.active.at(-1);
      if (instance.running === 0 && last !== undefined) last.toMs = this.#nowMs();
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
