/** The simulated clock, which only the run moves. */
export class Timeline {
  nowMs = Date.UTC(2026, 10, 22);

  advance(byMs: number): void {
    this.nowMs += byMs;
  }

  advanceTo(toMs: number): void {
    this.nowMs = Math.max(this.nowMs, toMs);
  }
}
