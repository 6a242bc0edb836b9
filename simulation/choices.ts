import { seeded } from './random.ts';

/** Makes every choice of a run: which effect comes next, what fails. 0 always means no fault. */
export interface Source {
  /** @param calm how likely 0 is */
  pick(options: number, calm: number): number;
}

/** The choices of one run, kept so that the run can be replayed, shrunk, or continued. */
export class Choices {
  readonly made: number[] = [];
  /** How many options each choice had. */
  readonly options: number[] = [];
  readonly #source: Source;

  constructor(source: Source) {
    this.#source = source;
  }

  pick(options: number, calm = 1 / options): number {
    if (options <= 1) return 0;
    const picked = this.#source.pick(options, calm);
    this.made.push(picked);
    this.options.push(options);
    return picked;
  }

  chance(probability: number): boolean {
    return this.pick(2, 1 - probability) === 1;
  }

  among<const T>(things: readonly [T, ...T[]], calm?: number): T {
    return things[this.pick(things.length, calm)] ?? things[0];
  }

  /** A whole number, both bounds included. */
  between(lowest: number, highest: number): number {
    return lowest + this.pick(highest - lowest + 1);
  }
}

/** Random choices, the same for the same seed. */
export function bySeed(seed: number): Source {
  const random = seeded(seed);
  return {
    pick: (options, calm) => (random() < calm ? 0 : 1 + Math.floor(random() * (options - 1))),
  };
}

/** The choices of an earlier run; 0 after its last. */
export function byReplay(made: readonly number[]): Source {
  let next = 0;
  return {
    pick(options) {
      const answer = made[next] ?? 0;
      next += 1;
      return Math.min(answer, options - 1);
    },
  };
}
