import { spawnSync } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import equivalents from '../test/mutation/equivalents.json' with { type: 'json' };
import { changedLines } from './mutate/changed-lines.ts';
import { type Report, verdictOf } from './mutate/verdict.ts';

// `npm run mutate`: changes the decisions one small thing at a time, and expects a test to fail each time. Exit code 1
// where a mutant survives that is not in the list of equivalents, or that list has one that does not survive.

const MUTATED = 'src/teardown';
const REPORT = 'dist/mutation/report.json';
const MOST_MINUTES = 240;

interface Options {
  readonly changed?: string;
  readonly file?: readonly string[];
  readonly minutes: string;
}

const { changed, file, minutes } = new Command('mutate')
  .description(`Runs the tests of ${MUTATED} against every mutant of it.`)
  .option('--changed <commit>', 'only the lines that differ from this commit')
  .option('--file <path...>', 'only these files')
  .option(
    '--minutes <number>',
    'no longer than this; then it says that it was cut',
    `${MOST_MINUTES}`,
  )
  .parse()
  .opts<Options>();

const only = file ?? (changed === undefined ? undefined : linesSince(changed));
if (only === undefined || only.length > 0) process.exitCode = await mutate(only);

/** Nothing to mutate is said, and is no failure. */
function linesSince(commit: string): readonly string[] {
  try {
    const lines = changedLines(commit, MUTATED);
    if (lines.length === 0) console.log(`Nothing in ${MUTATED} differs from ${commit}.`);
    return lines;
  } catch (error) {
    console.log(`Not mutated: git cannot compare with ${commit}: ${String(error)}`);
    return [];
  }
}

async function mutate(only: readonly string[] | undefined): Promise<number> {
  await rm(REPORT, { force: true });
  const main = createRequire(import.meta.url).resolve('@stryker-mutator/core');
  const program = join(dirname(main), '../../bin/stryker.js');
  const some = only === undefined ? [] : ['--mutate', only.join(',')];
  const { status, error } = spawnSync(process.execPath, [program, 'run', ...some], {
    stdio: 'inherit',
    timeout: Number(minutes) * 60_000,
  });
  if (error !== undefined) {
    console.log(
      `Cut after ${minutes} minutes: not every mutant was tried. npm run mutate tries them all.`,
    );
    return 0;
  }
  if (status !== 0) return status ?? 1;
  const report = JSON.parse(await readFile(REPORT, 'utf8')) as Report;
  const { mutants, killed, equivalent, survivors, outdated } = verdictOf(
    report,
    equivalents,
    only === undefined,
  );
  for (const each of survivors) console.log(`[Survived] ${each}`);
  for (const each of outdated) console.log(`[Not a survivor, but listed] ${each}`);
  console.log(
    `${mutants} mutants: ${killed} killed, ${equivalent} equivalent, ${survivors.length} survived.`,
  );
  return survivors.length + outdated.length === 0 ? 0 : 1;
}
