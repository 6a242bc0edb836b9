import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { settingDefaults, settingNames } from '../../src/settings/settings.ts';

const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');

it('the README lists exactly the settings that exist', () => {
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
  const named = [...readme.matchAll(/npm run ([a-z:-]+)/g)].map(([, name]) => name ?? '');
  expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
});

it('the README says what minIdle counts, and what it cannot detect', () => {
  expect(readme).toContain('the newest of everything: orders, subscriptions, entitlements');
  expect(readme).toMatch(
    /customer without any purchase is idle.*period of\s+grace.*`SWEEP_GRACE`/s,
  );
  expect(readme).toMatch(/Azure subscription has no date of its own.*when its Azure plan was/s);
});

it.each(['README.md', 'docs/logs.md', 'docs/operate.md', 'docs/teardown-request.schema.json'])(
  '%s does not say that minIdle counts orders only',
  async (path) => {
    const text = await readFile(new URL(`../../${path}`, import.meta.url), 'utf8');
    expect(text).not.toMatch(/an order is newer/i);
  },
);
