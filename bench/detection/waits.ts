/** Half of all waits are under 26 seconds, an eighth is over five minutes, and one of fifty is over an hour. */
const SCALE_MS = 15_000;
const TAIL = 0.7;
const LONGEST_MS = 24 * 60 * 60 * 1000;

/** A wait with a heavy tail, from nothing to a day: by the distribution of Lomax. */
export function heavyTailedMs(random: () => number): number {
  const waitMs = SCALE_MS * ((1 - random()) ** (-1 / TAIL) - 1);
  return Math.round(Math.min(waitMs, LONGEST_MS));
}
