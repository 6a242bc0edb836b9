import { byReplay } from './choices.ts';
import { type RunResult, run } from './run.ts';

/** The most runs to make a failure smaller. */
const MAX_TRIES = 400;

/**
 * The smallest run found that breaks the same invariant: choices are set to 0, in halves, quarters and so on, as long as
 * the run still fails and gets no longer.
 */
export async function shrink(failed: RunResult): Promise<RunResult> {
  let best = failed;
  let tries = 0;
  const invariant = failed.violations[0]?.invariant;
  const attempt = async (choices: readonly number[]): Promise<void> => {
    tries += 1;
    const result = await run(byReplay(choices), true);
    if (result.violations[0]?.invariant === invariant && result.steps <= best.steps) best = result;
  };
  for (
    let size = failed.choices.length;
    size >= 1 && tries < MAX_TRIES;
    size = Math.floor(size / 2)
  ) {
    for (let from = 0; from < best.choices.length && tries < MAX_TRIES; from += size) {
      const { choices } = best;
      const chunk = choices.slice(from, from + size);
      if (chunk.every((choice) => choice === 0)) continue;
      await attempt([
        ...choices.slice(0, from),
        ...chunk.map(() => 0),
        ...choices.slice(from + size),
      ]);
    }
  }
  return best;
}
