import type { Invocation } from './invocation.ts';

/** Something an instance is about to do to the world outside. */
export interface Effect {
  readonly instance: number;
  readonly invocation?: Invocation;
  /** For people: `cancel-order`, `send teardown-checks`, `complete`. */
  readonly name: string;
  /** Does it; with `answered` false its instance never learns how it went. */
  run(answered: boolean): void;
}

/** Where every effect waits until the run lets it happen, so that any order of them can be played. */
export class Effects {
  readonly waiting: Effect[] = [];
  /** What the instances learnt that all their invocations share. */
  readonly history: string[] = [];
  readonly #remembers: boolean;

  /** @param remembers keeps what every effect told, for those who compare states; it costs time */
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
            this.#remember(about, () => JSON.stringify(result));
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

  #remember({ invocation, name }: Pick<Effect, 'invocation' | 'name'>, told: () => string): void {
    if (this.#remembers) (invocation ?? this).history.push(`${name} ${told()}`);
  }

  /** The instance has died: nothing it was about to do happens. */
  forget(instance: number): void {
    for (const effect of this.waiting.filter((each) => each.instance === instance)) {
      this.waiting.splice(this.waiting.indexOf(effect), 1);
    }
  }
}
