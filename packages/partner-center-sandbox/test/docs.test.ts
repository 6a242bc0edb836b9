import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { defaultSettings } from '../src/core/settings.ts';

const root = new URL('../', import.meta.url);
const textOf = (pattern: string) =>
  globSync(pattern, { cwd: root })
    .map((file) => readFileSync(new URL(file.replaceAll('\\', '/'), root), 'utf8'))
    .join('\n');
const given = new Set(
  [...textOf('src/core/*.ts').matchAll(/'(\d{3,6})'/g)].map(([, code]) => code),
);
const page = textOf('docs/sandbox.md');
const documented = (by: string) =>
  [...page.matchAll(/^\| ([\d, ]+) \| (yes|no) \|/gm)].flatMap(([, codes = '', said]) =>
    said === by ? codes.split(', ') : [],
  );

it('the page lists the codes that the sandbox gives by itself', () => {
  expect([...given].filter((code) => code !== '98052').toSorted()).toEqual(
    documented('yes').toSorted(),
  );
  expect(documented('no').filter((code) => given.has(code))).toEqual([]);
});

it('every code that the page says the sandbox gives by itself is seen in a test of it', () => {
  const seen = textOf('test/**/*.test.ts');
  expect(documented('yes').filter((code) => !seen.includes(`'${code}'`))).toEqual([]);
});

it('the page names every setting that plays an open question', () => {
  const settled = ['requestsPerMinute', 'production', 'cloud', 'role', 'conditionalAccess'];
  const open = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
  const settings = Object.keys(defaultSettings).filter((name) => !settled.includes(name));
  expect(open.toSorted()).toEqual(settings.toSorted());
});
