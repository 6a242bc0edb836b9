/** Shorter times are noise, and a step where a text is cut. */
const MEASURABLE_MS = 20;
const MAX_TRIES = 5;
const MIN_LENGTH = 1_024;

/** Four times the input may take four times as long, and some more; what grows by the square takes sixteen times as long. */
export const MAX_GROWTH = 9;

/**
 * How much longer four times the input takes, at most, on the way from four thousand characters (or items) to
 * `maxLength`. It ends as soon as that is too much, because the next doubling could take minutes.
 *
 * @param tooMuch the growth from which on it ends
 */
export async function growthOf(
  work: (length: number) => unknown,
  maxLength: number,
  tooMuch = MAX_GROWTH,
): Promise<number> {
  const timeOf = async (length: number): Promise<number> => {
    const before = process.threadCpuUsage();
    await work(length);
    return cpuMs(before);
  };
  const timesMs = new Map<number, number>();
  let maxGrowth = 0;
  for (let length = MIN_LENGTH; length <= maxLength && maxGrowth <= tooMuch; length *= 2) {
    let ms = await timeOf(length);
    let beforeMs = timesMs.get(length / 4) ?? ms;
    // Memory may have been collected just then.
    for (let tries = 1; tries < MAX_TRIES && growth(beforeMs, ms) > tooMuch; tries += 1) {
      beforeMs = Math.max(beforeMs, await timeOf(length / 4));
      ms = Math.min(ms, await timeOf(length));
    }
    timesMs.set(length, ms);
    maxGrowth = Math.max(maxGrowth, growth(beforeMs, ms));
  }
  return maxGrowth;
}

/** The processor time of this thread since then; what other threads and processes do makes no difference. */
function cpuMs(before: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}

function growth(beforeMs: number, ms: number): number {
  return ms < MEASURABLE_MS ? 0 : ms / Math.max(beforeMs, MEASURABLE_MS / 4);
}
