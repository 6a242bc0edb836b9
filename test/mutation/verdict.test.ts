import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { rangesIn } from '../../scripts/mutate/changed-lines.ts';
import { folderOf, mutatedFolders } from '../../scripts/mutate/folders.ts';
import {
  type Equivalent,
  type Mutant,
  type Report,
  verdictOf,
} from '../../scripts/mutate/verdict.ts';
import equivalents from './equivalents.json' with { type: 'json' };

const source = 'const a = 1;\nconst b = a > 0\n  ? 1 : 2;\n';
const mutant = (status: string): Mutant => ({
  mutatorName: 'ConditionalExpression',
  replacement: 'true',
  status,
  location: { start: { line: 2, column: 11 }, end: { line: 2, column: 16 } },
});
const reportOf = (...statuses: string[]): Report => ({
  files: { 'src/a.ts': { source, mutants: statuses.map(mutant) } },
});
const listed: Equivalent = {
  file: 'src/a.ts',
  mutator: 'ConditionalExpression',
  code: 'a > 0',
  replacement: 'true',
  reason: 'a is 1.',
};

describe('a run of mutants', () => {
  it('counts killed ones, and names a survivor with its place and its code', () => {
    expect(verdictOf(reportOf('Killed', 'Timeout', 'Survived', 'Ignored'), [], true)).toEqual({
      mutants: 3,
      killed: 2,
      equivalent: 0,
      survivors: ['src/a.ts:2 ConditionalExpression: a > 0 => true'],
      outdated: [],
    });
  });

  it('counts code that no test reaches as a survivor', () => {
    expect(verdictOf(reportOf('NoCoverage'), [], true).survivors).toHaveLength(1);
  });

  it('accepts a survivor that is listed', () => {
    expect(verdictOf(reportOf('Survived'), [listed], true)).toMatchObject({
      equivalent: 1,
      survivors: [],
      outdated: [],
    });
  });

  it.each(['file', 'mutator', 'code', 'replacement'] as const)(
    'does not take another one for it, by its %s',
    (field) => {
      const other = { ...listed, [field]: 'other' };
      const { survivors, outdated } = verdictOf(reportOf('Survived'), [other], true);
      expect([survivors.length, outdated.length]).toEqual([1, 1]);
    },
  );

  it('objects to a listed mutant that is killed, where all were tried', () => {
    expect(verdictOf(reportOf('Killed'), [listed], true).outdated).toHaveLength(1);
    expect(verdictOf(reportOf('Killed'), [listed], false).outdated).toEqual([]);
  });
});

it('every listed equivalent names an existing file with its code, and a reason', async () => {
  for (const { file, code, reason } of equivalents as readonly Equivalent[]) {
    expect(await readFile(new URL(`../../${file}`, import.meta.url), 'utf8')).toContain(code);
    expect(reason).toMatch(/^[A-Z].{20,}\.$/s);
  }
});

it('the changed lines of a diff are those of the TypeScript files as they are now', () => {
  const diff = [
    'diff --git a/src/a.ts b/src/a.ts',
    '--- a/src/a.ts',
    '+++ b/src/a.ts',
    '@@ -1 +1,2 @@ function a() {',
    '+one',
    '+two',
    '@@ -9,3 +10,0 @@',
    '-gone',
    '@@ -20,0 +18 @@',
    '+three',
    '+++ b/src/notes.md',
    '@@ -1 +1 @@',
  ].join('\n');
  expect(rangesIn(diff)).toEqual(['src/a.ts:1-2', 'src/a.ts:18-18']);
});

describe('the folders that are mutated', () => {
  it.each(mutatedFolders)('$folder has tests, and each that is left out is there', async (each) => {
    for (const path of each.without ?? []) {
      await expect(readFile(new URL(`../../${path}`, import.meta.url))).resolves.toBeDefined();
    }
    expect(each.tests.length).toBeGreaterThan(0);
  });

  it('have the files below them, and the one of their name', () => {
    expect(folderOf('src/settings/validators.ts:1-2')?.folder).toBe('src/settings');
    expect(folderOf('src/settings/settings.ts')?.folder).toBe('src/settings');
    expect(folderOf('src/teardown/execute/executor.ts')?.folder).toBe('src/teardown');
    expect(folderOf('src/main.ts')).toBeUndefined();
    expect(folderOf('src/settingsx/a.ts')).toBeUndefined();
  });
});
