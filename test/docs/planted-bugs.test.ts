import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { plantedBugs } from '../../mutants/planted-bugs.ts';

const read = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');

describe.each(plantedBugs)('the planted bug "$name"', ({ name, file, find, harm }) => {
  it('matches its file in exactly one place', async () => {
    expect((await read(file)).split(find)).toHaveLength(2);
  });

  it('is in the table of docs/testing.md', async () => {
    expect(await read('docs/testing.md')).toContain(`| ${name} | ${harm} | `);
  });
});
