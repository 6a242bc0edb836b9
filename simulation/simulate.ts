import { commandLine, readWholeNumber } from '@sandbox-teardown/shared/command-line';
import logUpdate from 'log-update';
import { bySeed } from './choices.ts';
import { describeFailure, stopwatch, summary } from './report.ts';
import { run } from './run.ts';
import { simulateSeeds } from './seeds.ts';
import { shrink } from './shrink.ts';

// `npm run simulate`: the invariants of the design, over many seeded runs. Exit code 1 if one is broken.

const MAX_SEEDS = 10_000_000;
/** A larger one would play as one of these. */
const MAX_SEED = 2 ** 32 - 1;

const command = commandLine(
  'npm run simulate --',
  'Plays seeded teardowns under faults, and checks the invariants after every step.',
)
  .option('--seeds <number>', 'how many seeds', readWholeNumber(1, MAX_SEEDS), 10_000)
  .option(
    '--seed <number>',
    'the first seed; alone, only this one, and step by step',
    readWholeNumber(0, MAX_SEED),
  )
  .parse();
const { seeds, seed } = command.opts<{ seeds: number; seed?: number }>();

const alone = seed !== undefined && command.getOptionValueSource('seeds') !== 'cli';
process.exitCode = alone ? await replay(seed) : await simulate(seed ?? 1, seeds);

async function simulate(firstSeed: number, count: number): Promise<number> {
  const spent = stopwatch();
  const tally = await simulateSeeds({ firstSeed, seeds: count }, ({ seeds: done, failures }) => {
    if (process.stdout.isTTY) logUpdate(`${done} of ${count} seeds, ${failures.length} failed`);
  });
  if (process.stdout.isTTY) logUpdate.clear();
  console.log(summary(tally, spent()));
  const [first] = tally.failures;
  if (first === undefined) return 0;
  for (const failure of tally.failures) console.log(describeFailure(failure));
  return replay(first.seed);
}

/** Runs one seed with its steps; a failing run is shrunk first. */
async function replay(only: number): Promise<number> {
  const result = await run(bySeed(only), true);
  const failed = result.violations.length > 0;
  const shown = failed ? await shrink(result) : result;
  console.log(JSON.stringify(shown.scenario));
  console.log(shown.trace.join('\n'));
  if (!failed) {
    console.log(`Seed ${only}: ${shown.steps} steps, every invariant held.`);
    return 0;
  }
  for (const violation of shown.violations) console.log(describeFailure({ seed: only, violation }));
  if (shown.steps < result.steps) {
    console.log(`Cut down from ${result.steps} steps to ${shown.steps}.`);
  }
  return 1;
}
