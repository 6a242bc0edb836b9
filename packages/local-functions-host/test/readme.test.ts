import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

const read = (path: string) => readFile(new URL(`../${path}`, import.meta.url), 'utf8');
const readme = await read('README.md');

/** The rows of the tables under a heading, without their heads. */
function rowsUnder(heading: string): string[] {
  const [, section = ''] = readme.split(`## ${heading}\n`);
  const lines = (section.split('\n## ')[0] ?? '').split('\n');
  return lines.filter((line) => line.startsWith('| ')).slice(2);
}

const rows = [...rowsUnder('As the real host'), ...rowsUnder('Otherwise than the real host')];

describe('the README of the functions host', () => {
  it('has rows of both kinds', () => {
    expect(rowsUnder('As the real host').length).toBeGreaterThan(9);
    expect(rowsUnder('Otherwise than the real host').length).toBeGreaterThan(8);
  });

  it.each(rows)('names a test for each row, which exists: %s', async (row) => {
    const [, path = '', title = ''] = /(test\/[\w/.-]+\.test\.ts): "([^"]+)" \|$/.exec(row) ?? [];
    const source = (await read(path)).replaceAll("\\'", "'");
    expect(source).toContain(title);
  });
});
