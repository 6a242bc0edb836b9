import type { NamespaceOptions } from '../core/namespace.ts';

type Sources = Pick<NamespaceOptions, 'nowMs' | 'newId'>;

/** All that a command's effect depends on besides the command and the namespace. */
export interface Drawn {
  readonly atMs: number;
  readonly ids: readonly string[];
}

/** The time and the ids a namespace uses: new ones, noted down, or those of an earlier run once more. */
export class Inputs {
  readonly #sources: Sources;
  #replayed: string[] | undefined;
  #atMs = 0;
  #ids: string[] = [];

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  get isReplaying(): boolean {
    return this.#replayed !== undefined;
  }

  /** Never earlier than before, even if the clock is set back: a replay does not repeat every reading of the clock. */
  nowMs(): number {
    if (this.#replayed === undefined) this.startFrom(this.#sources.nowMs());
    return this.#atMs;
  }

  newId(): string {
    const id = this.#replayed === undefined ? this.#sources.newId() : this.#replayed.shift();
    if (id === undefined) throw new Error('it used fewer ids than now');
    this.#ids.push(id);
    return id;
  }

  startFrom(atMs: number): void {
    this.#atMs = Math.max(this.#atMs, atMs);
  }

  /** What was used since this was last asked. */
  drawn(): Drawn {
    const ids = this.#ids;
    this.#ids = [];
    return { atMs: this.#atMs, ids };
  }

  /** @throws Error when the work does not use exactly these */
  replay({ atMs, ids }: Drawn, work: () => void): void {
    this.startFrom(atMs);
    this.#replayed = [...ids];
    work();
    if (this.#replayed.length > 0) throw new Error('it used more ids than now');
    this.#replayed = undefined;
    this.drawn();
  }
}
