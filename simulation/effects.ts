import type { Invocation } from './invocation.ts';

/** An operation of an instance on the outside world. */
export interface Effect {
  readonly instance: number;
  readonly invocation?: Invocation;
  /** For people: `cancel-order`, `send teardown-checks`, `complete`. */
  readonly name: string;
  /** Does it; with `answered` false its instance never gets the result. */
  run(answered: boolean): void;
}

/** Holds every effect until the run performs it, so that they can happen in any order. */
export class Effects {
  readonly waiting: Effect[] = [];
  /** The results that an instance keeps for all its invocations. */
  readonly history: string[] = [];
  readonly #remembers: boolean;

  /** @param remembers keeps the result of every effect, to compare states; it costs time */
  constructor(remembers: boolean) {
    this.#remembers = remembers;
  }

  pass<T>(about: Pick<Effect, 'instance' | 'invocation' | 'name'>, act: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.waiting.push({
        ...about,
        run: (answered) => {
          try {
            const result = act();
            this.#remember(about, () => JSON.stringify(result, plain));
            if (answered) resolve(result);
          } catch (error) {
            this.#remember(about, () => String(error));
            if (answered) reject(error);
          }
        },
      });
    });
  }

  run(effect: Effect, answered: boolean): void {
    this.waiting.splice(this.waiting.indexOf(effect), 1);
    effect.run(answered);
  }

  #remember({ invocation, name }: Pick<Effect, 'invocation' | 'name'>, result: () => string): void {
    if (this.#remembers) (invocation ?? this).history.push(`${name} ${result()}`);
  }

  /** The instance has died: none of its effects happens. */
  forget(instance: number): void {
    for (const effect of this.waiting.filter((each) => each.instance === instance)) {
      this.waiting.splice(this.waiting.indexOf(effect), 1);
    }
  }
}

/** Sequence numbers are of a kind that JSON does not have. */
function plain(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
