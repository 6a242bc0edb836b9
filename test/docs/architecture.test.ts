import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LAYERS } from '../../scripts/layers/layers.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
const table = page.slice(page.indexOf('## Where do I change'));
const rows = [...table.matchAll(/^\| ([a-z].*) \| (.*) \|$/gm)]
  .map(([, what = '', files = '']) => ({
    what,
    files: [...files.matchAll(/`((?:src|infra|packages|bench)\/[^`]*)`/g)].map(
      ([, file = '']) => file,
    ),
  }))
  .filter(({ what }) => what !== 'to …');

describe.each(rows)('where to $what', ({ files }) => {
  it('names files that exist', () => {
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(existsSync(join(root, file)), file).toBe(true);
  });
});

describe('the architecture page', () => {
  it('answers more than ten questions', () => {
    expect(rows.length).toBeGreaterThan(10);
  });

  it('shows every folder of the teardown that the linter knows', () => {
    const folders = LAYERS.filter((layer) => /^teardown\/[a-z]+$/.test(layer));
    for (const folder of folders) expect(page).toContain(folder.replace('teardown/', ''));
  });

  it('has a glossary of at most twenty lines', () => {
    const glossary = page.slice(page.indexOf('## Words'), page.indexOf('## One request'));
    expect([...glossary.matchAll(/^\| /gm)].length - 2).toBeLessThanOrEqual(20);
  });
});
