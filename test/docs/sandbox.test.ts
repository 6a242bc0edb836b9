import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { defaultSettings } from '../../local/partner-center/core/settings.ts';
import { errorTable } from '../../src/teardown/errors/error-table.ts';

const root = new URL('../../', import.meta.url);
const core = new URL('local/partner-center/core/', root);
const source = readdirSync(core)
  .map((file) => readFileSync(new URL(file, core), 'utf8'))
  .join('\n');
const given = new Set([...source.matchAll(/'(\d{3,6})'/g)].map(([, code]) => code));
const page = readFileSync(new URL('docs/sandbox.md', root), 'utf8');
const rows = [...page.matchAll(/^\| ([\d, ]+) \| (yes|no) \|/gm)].flatMap(([, codes = '', by]) =>
  codes.split(', ').map((code) => ({ code, by })),
);
const documented = (by: string) => rows.filter((row) => row.by === by).map(({ code }) => code);

it('docs/sandbox.md lists the codes that the sandbox gives by itself', () => {
  expect([...given].filter((code) => code !== '98052').toSorted()).toEqual(
    documented('yes').toSorted(),
  );
});

it('docs/sandbox.md lists every code that the app knows, also where it takes a fault to see it', () => {
  const known = errorTable.flatMap(({ codes }) => codes ?? []);
  expect(rows.map(({ code }) => code)).toEqual(expect.arrayContaining(known));
  expect(documented('no').filter((code) => given.has(code))).toEqual([]);
});

it('every code that docs/sandbox.md says the sandbox gives by itself is seen in a test of it', () => {
  const tests = new URL('test/local/partner-center/', root);
  const seen = readdirSync(tests)
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => readFileSync(new URL(file, tests), 'utf8'))
    .join('\n');
  expect(documented('yes').filter((code) => !seen.includes(`'${code}'`))).toEqual([]);
});

it('docs/sandbox.md names every setting of the sandbox that plays what no source tells', () => {
  const settled = ['requestsPerMinute', 'production', 'cloud', 'role', 'conditionalAccess'];
  const open = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
  const settings = Object.keys(defaultSettings).filter((name) => !settled.includes(name));
  expect(open.toSorted()).toEqual(settings.toSorted());
});
