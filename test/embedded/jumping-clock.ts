import { type Clock, systemClock } from '@sandbox-teardown/shared/clock';

/** The machine's clock, which can be put forward: what is due by then is due at once. */
export class JumpingClock implements Clock {
  readonly #waiting = new Set<() => void>();
  #aheadMs = 0;

  nowMs(): number {
    return systemClock.nowMs() + this.#aheadMs;
  }

  schedule(atMs: number, callback: () => void): () => void {
    let cancel = (): void => undefined;
    const arm = (): void => {
      cancel();
      cancel = systemClock.schedule(atMs - this.#aheadMs, () => {
        this.#waiting.delete(arm);
        callback();
      });
    };
    this.#waiting.add(arm);
    arm();
    return () => {
      this.#waiting.delete(arm);
      cancel();
    };
  }

  jump(ms: number): void {
    this.#aheadMs += ms;
    for (const arm of [...this.#waiting]) arm();
  }
}
