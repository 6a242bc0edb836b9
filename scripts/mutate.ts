import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Command } from 'commander';

// `npm run mutate`: changes the decisions one small thing at a time, and expects a test to fail each time. Exit code 1
// if a mutant survives; each is printed with its place and its change.

const MUTATED = 'src/teardown';

const { changed, file } = new Command('mutate')
  .description(`Runs the tests of ${MUTATED} against every mutant of it.`)
  .option('--changed <commit>', 'only what differs from this commit')
  .option('--file <path...>', 'only these files')
  .parse()
  .opts<{ changed?: string; file?: string[] }>();

const files = file ?? (changed === undefined ? [] : changedSince(changed));
if (changed !== undefined && files.length === 0) {
  console.log(`Nothing in ${MUTATED} differs from ${changed}: there is nothing to mutate.`);
} else {
  process.exitCode = stryker(files);
}

function stryker(only: readonly string[]): number {
  const main = createRequire(import.meta.url).resolve('@stryker-mutator/core');
  const program = join(dirname(main), '../../bin/stryker.js');
  const mutate = only.length === 0 ? [] : ['--mutate', only.join(',')];
  const { status } = spawnSync(process.execPath, [program, 'run', ...mutate], { stdio: 'inherit' });
  return status ?? 1;
}

/** Files of the decisions that are not as they were in that commit; none where git does not know it. */
function changedSince(commit: string): string[] {
  const range = ['diff', '--name-only', '--diff-filter=d', commit, '--', MUTATED];
  const { status, stdout, stderr } = spawnSync('git', range, { encoding: 'utf8' });
  if (status !== 0) {
    console.log(`Not mutated: git does not know what changed since ${commit} (${stderr.trim()}).`);
    return [];
  }
  return stdout.split('\n').filter((name) => name.endsWith('.ts'));
}
