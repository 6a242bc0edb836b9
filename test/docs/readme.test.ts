import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { settingDefaults, settingNames } from '../../src/settings/settings.ts';

const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');

it('the README lists every setting, and none that there is not', () => {
  const rows = [...readme.matchAll(/^\| `([A-Z][A-Z_]+)` \|/gm)].map(([, name]) => name);
  expect(rows.toSorted()).toEqual([...settingNames].toSorted());
});

it('the README gives the defaults that the code has', () => {
  const rows = readme.matchAll(/^\| `([A-Z][A-Z_]+)` \| `([^`]+)` \|/gm);
  const documented = Object.fromEntries([...rows].map(([, name, value]) => [name, value]));
  const written = Object.entries(settingDefaults).filter(([, value]) => value);
  expect(documented).toEqual(Object.fromEntries(written));
});

it('the README names only npm scripts that exist', async () => {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  const { scripts } = JSON.parse(text) as { scripts: Record<string, string> };
  const named = [...readme.matchAll(/npm run ([a-z-]+)/g)].map(([, name]) => name ?? '');
  expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
});
