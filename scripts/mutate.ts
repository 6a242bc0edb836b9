import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  commandLine,
  orEnd,
  readWholeNumber,
  UsageError,
} from '@sandbox-teardown/shared/command-line';
import { Option } from 'commander';
import { errorMessage } from '../src/shared/error-message.ts';
import equivalents from '../test/mutation/equivalents.json' with { type: 'json' };
import { changedLines } from './mutate/changed-lines.ts';
import { folderOf, type MutatedFolder, mutatedFolders } from './mutate/folders.ts';
import { placesIn, placesNamed } from './mutate/places.ts';
import { type Report, verdictOf } from './mutate/verdict.ts';

// `npm run mutate`: changes the source one small thing at a time, folder by folder, and expects a test to fail each time.
// Exit code 1 where a mutant survives that is not in the list of equivalents, or that list has one that does not survive.

const REPORT = 'dist/mutation/report.json';
const SO_FAR = 'dist/mutation/so-far.json';
const USUAL_MINUTES = 240;
const DAY_MINUTES = 24 * 60;

interface Options {
  readonly changed?: string;
  readonly file?: readonly string[];
  readonly folder?: readonly string[];
  readonly minutes: number;
}

const { changed, file, folder, minutes } = commandLine(
  'npm run mutate --',
  `Runs the tests of ${mutatedFolders.map((each) => each.folder).join(', ')} against every mutant of them.`,
)
  .addOption(
    new Option('--changed <commit>', 'only the lines that differ from this commit').conflicts([
      'file',
      'folder',
    ]),
  )
  .addOption(new Option('--file <path...>', 'only these files').conflicts('folder'))
  .option('--folder <path...>', 'only these of the folders')
  .option(
    '--minutes <number>',
    'no longer than this; then it says that it was cut',
    readWholeNumber(1, DAY_MINUTES),
    USUAL_MINUTES,
  )
  .parse()
  .opts<Options>();

const endMs = Date.now() + minutes * 60_000;
const only = await orEnd(() => placesNamed({ file, folder }) ?? linesChanged());
process.exitCode = only?.length === 0 ? 0 : await orEnd(() => mutate(only)).catch(notTried);

/** A failure of the tests themselves, not caused by a mutant. */
function notTried(error: unknown): number {
  console.error(errorMessage(error));
  return 1;
}

function linesChanged(): readonly string[] | undefined {
  return changed === undefined ? undefined : linesSince(changed);
}

/** Reports that there is nothing to mutate, without failing: a shallow clone does not have the commit. */
function linesSince(commit: string): readonly string[] {
  try {
    const names = mutatedFolders.flatMap((each) => [each.folder, `${each.folder}.ts`]);
    const lines = changedLines(commit, names);
    if (lines.length === 0) console.log(`Nothing that is mutated differs from ${commit}.`);
    return lines;
  } catch (error) {
    console.log(`Not mutated: git cannot compare with ${commit}: ${errorMessage(error)}`);
    return [];
  }
}

async function mutate(only: readonly string[] | undefined): Promise<number> {
  let files: Report['files'] = {};
  let cut = false;
  for (const each of mutatedFolders) {
    const places = only?.filter((place) => folderOf(place) === each) ?? placesIn(each.folder);
    if (places.length === 0) continue;
    cut ||= Date.now() >= endMs || stryker(each, places);
    files = { ...files, ...(await report(cut)).files };
    if (cut) break;
  }
  if (cut) console.log(`Cut after ${minutes} minutes: npm run mutate tries every mutant.`);
  const verdict = verdictOf({ files }, equivalents, only === undefined && !cut);
  const { mutants, killed, equivalent, survivors, outdated } = verdict;
  for (const each of survivors) console.log(`[Survived] ${each}`);
  for (const each of outdated) console.log(`[Not a survivor, but listed] ${each}`);
  if (file !== undefined && mutants === 0 && !cut) {
    throw new UsageError(`There is nothing to mutate in ${file.join(', ')}: name another file.`);
  }
  console.log(
    mutants === 0
      ? 'No mutant was tried.'
      : `${mutants} mutants: ${killed} killed, ${equivalent} equivalent, ${survivors.length} survived.`,
  );
  return survivors.length + outdated.length === 0 ? 0 : 1;
}

/** Tries a folder's mutants; true if the time was up before the last one. Throws if they cannot be tried. */
function stryker({ folder }: MutatedFolder, places: readonly string[]): boolean {
  for (const each of [REPORT, SO_FAR]) rmSync(each, { force: true });
  const main = createRequire(import.meta.url).resolve('@stryker-mutator/core');
  const program = join(dirname(main), '../../bin/stryker.js');
  // Only the incremental mode records the tried mutants when it is stopped.
  const which = ['--mutate', places.join(','), '--incremental', '--incrementalFile', SO_FAR];
  const { status, error } = spawnSync(process.execPath, [program, 'run', ...which], {
    stdio: 'inherit',
    // Far from UTC: a thread, in which Stryker runs the tests, cannot choose its own zone.
    env: { ...process.env, MUTATED_FOLDER: folder, TZ: 'Pacific/Kiritimati' },
    timeout: Math.max(1, endMs - Date.now()),
  });
  if (error === undefined && status !== 0) {
    throw new Error('The mutants could not be tried: see above, and fix it first.');
  }
  return error !== undefined;
}

/** The report; undefined if the time was up before the first mutant. */
async function report(cut: boolean): Promise<Report> {
  try {
    return JSON.parse(await readFile(cut ? SO_FAR : REPORT, 'utf8')) as Report;
  } catch (error) {
    if (cut) return { files: {} };
    throw error;
  }
}
