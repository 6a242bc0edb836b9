import { spawnSync } from 'node:child_process';

/** Lines of a file, as Stryker takes them: `file:first-last`. */
export type LineRange = string;

/** Independent of the user's git settings. */
const PLAIN = ['--no-color', '--no-ext-diff', '--src-prefix=a/', '--dst-prefix=b/'];

/**
 * The current lines in these places that differ from a commit.
 *
 * @throws Error with git's own words if it does not know the commit.
 */
export function changedLines(commit: string, places: readonly string[]): readonly LineRange[] {
  const git = ['diff', ...PLAIN, '--unified=0', '--diff-filter=d', commit, '--', ...places];
  const { status, stdout, stderr } = spawnSync('git', git, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr.trim());
  return rangesIn(stdout);
}

/** The line ranges of the TypeScript files in a diff without context. Pure. */
export function rangesIn(diff: string): readonly LineRange[] {
  let file = '';
  return diff.split('\n').flatMap((line) => {
    const named = /^\+\+\+ b\/(.+)$/.exec(line)?.[1];
    if (named !== undefined) file = named;
    const hunk = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (hunk === null || !file.endsWith('.ts')) return [];
    const first = Number(hunk[1]);
    const count = Number(hunk[2] ?? 1);
    return count === 0 ? [] : [`${file}:${first}-${first + count - 1}`];
  });
}
