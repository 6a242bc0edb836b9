/** Shorter times are noise, and a step where a text is cut. */
const MEASURABLE_MS = 20;
const MAX_TRIES = 5;

/** Four times the input may take four times as long, and some more; what grows by the square takes sixteen times as long. */
export const LARGEST_GROWTH = 9;

/**
 * How much longer four times the input takes, at most, on the way from four thousand characters to `most`. Ends as soon as
 * that is too much, because the next doubling could take minutes.
 */
export function growthOf(work: (length: number) => void, most: number): number {
  const timeOf = (length: number): number => {
    const before = process.threadCpuUsage();
    work(length);
    return cpuMs(before);
  };
  const timesMs = new Map<number, number>();
  let largest = 0;
  for (let length = 1_024; length <= most && largest <= LARGEST_GROWTH; length *= 2) {
    let ms = timeOf(length);
    let beforeMs = timesMs.get(length / 4) ?? ms;
    // Memory may have been collected just then.
    for (let tries = 1; tries < MAX_TRIES && growth(beforeMs, ms) > LARGEST_GROWTH; tries += 1) {
      beforeMs = Math.max(beforeMs, timeOf(length / 4));
      ms = Math.min(ms, timeOf(length));
    }
    timesMs.set(length, ms);
    largest = Math.max(largest, growth(beforeMs, ms));
  }
  return largest;
}

/** What this thread has had of the processor since, whoever else wants it. */
export function cpuMs(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}

function growth(beforeMs: number, ms: number): number {
  return ms < MEASURABLE_MS ? 0 : ms / Math.max(beforeMs, MEASURABLE_MS / 4);
}
