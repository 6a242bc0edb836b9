import type { TeardownMode } from '../../src/teardown/model/mode.ts';

/** At how many of a teardown's checks the customer was protected. */
export type Protection = 'never' | 'at some checks' | 'at every check';

interface Seen {
  readonly modes: Set<TeardownMode>;
  /** Those in which the request itself was taken. */
  readonly takenIn: Set<TeardownMode>;
  protected: number;
  /** The protection may have ended during the check, before it was asked. */
  ended: number;
  all: number;
}

/** Under which settings a teardown's checks have begun. */
export class Checks {
  readonly #seen = new Map<string, Seen>();

  /** @param protectedFor from the check's beginning to its end, or to a moment between them */
  began(
    teardownId: string,
    mode: TeardownMode,
    isRequest: boolean,
    protectedFor: 'all' | 'part' | 'none',
  ): void {
    const seen = this.#seen.get(teardownId) ?? {
      modes: new Set(),
      takenIn: new Set(),
      protected: 0,
      ended: 0,
      all: 0,
    };
    this.#seen.set(teardownId, seen);
    seen.modes.add(mode);
    if (isRequest) seen.takenIn.add(mode);
    seen.all += 1;
    if (protectedFor === 'all') seen.protected += 1;
    if (protectedFor === 'part') seen.ended += 1;
  }

  /** The modes in which the request was taken: what is taken in dry run stays one. */
  takenIn(teardownId: string): ReadonlySet<TeardownMode> {
    return this.#seen.get(teardownId)?.takenIn ?? new Set();
  }

  protection(teardownId: string): Protection {
    const { protected: some = 0, ended = 0, all = 0 } = this.#seen.get(teardownId) ?? {};
    if (some + ended === 0) return 'never';
    return some === all ? 'at every check' : 'at some checks';
  }

  /** @param now the mode to return where no check has begun */
  modes(teardownId: string, now: TeardownMode): ReadonlySet<TeardownMode> {
    return this.#seen.get(teardownId)?.modes ?? new Set([now]);
  }

  clear(): void {
    this.#seen.clear();
  }
}
