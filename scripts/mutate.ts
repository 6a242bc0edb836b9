import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { atLeastOne } from '../simulation/whole-number.ts';
import { commandLine } from '../src/cli/command-line.ts';
import equivalents from '../test/mutation/equivalents.json' with { type: 'json' };
import { changedLines } from './mutate/changed-lines.ts';
import { type Report, verdictOf } from './mutate/verdict.ts';

// `npm run mutate`: changes the decisions one small thing at a time, and expects a test to fail each time. Exit code 1
// where a mutant survives that is not in the list of equivalents, or that list has one that does not survive.

const MUTATED = 'src/teardown';
const REPORT = 'dist/mutation/report.json';
const SO_FAR = 'dist/mutation/so-far.json';
const MOST_MINUTES = 240;

interface Options {
  readonly changed?: string;
  readonly file?: readonly string[];
  readonly minutes: number;
}

const { changed, file, minutes } = commandLine(
  'npm run mutate --',
  `Runs the tests of ${MUTATED} against every mutant of it.`,
)
  .option('--changed <commit>', 'only the lines that differ from this commit')
  .option('--file <path...>', 'only these files')
  .option(
    '--minutes <number>',
    'no longer than this; then it says that it was cut',
    atLeastOne,
    MOST_MINUTES,
  )
  .parse()
  .opts<Options>();

const only = file ?? (changed === undefined ? undefined : linesSince(changed));
try {
  if (only === undefined || only.length > 0) process.exitCode = await mutate(only);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

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
  const cut = stryker(only === undefined ? [] : ['--mutate', only.join(',')]);
  if (cut) console.log(`Cut after ${minutes} minutes: npm run mutate tries every mutant.`);
  const verdict = verdictOf(await report(cut), equivalents, only === undefined && !cut);
  const { mutants, killed, equivalent, survivors, outdated } = verdict;
  for (const each of survivors) console.log(`[Survived] ${each}`);
  for (const each of outdated) console.log(`[Not a survivor, but listed] ${each}`);
  if (file !== undefined && mutants === 0 && !cut) {
    throw new Error(
      `There is nothing to mutate in ${file.join(', ')}: is it a file below ${MUTATED}?`,
    );
  }
  console.log(
    `${mutants} mutants: ${killed} killed, ${equivalent} equivalent, ${survivors.length} survived.`,
  );
  return survivors.length + outdated.length === 0 ? 0 : 1;
}

/** Tries the mutants; whether the time was up before the last one. Throws where they cannot be tried. */
function stryker(which: readonly string[]): boolean {
  for (const file of [REPORT, SO_FAR]) rmSync(file, { force: true });
  const main = createRequire(import.meta.url).resolve('@stryker-mutator/core');
  const program = join(dirname(main), '../../bin/stryker.js');
  // Only the incremental mode writes down what was tried when it is told to stop.
  const keep = ['--incremental', '--incrementalFile', SO_FAR];
  const { status, error } = spawnSync(process.execPath, [program, 'run', ...which, ...keep], {
    stdio: 'inherit',
    timeout: minutes * 60_000,
  });
  if (error === undefined && status !== 0) {
    throw new Error('The mutants could not be tried: see above, and mend it first.');
  }
  return error !== undefined;
}

/** What was tried; nothing where the time was up before the first mutant. */
async function report(cut: boolean): Promise<Report> {
  try {
    return JSON.parse(await readFile(cut ? SO_FAR : REPORT, 'utf8')) as Report;
  } catch (error) {
    if (cut) return { files: {} };
    throw error;
  }
}
