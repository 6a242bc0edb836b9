import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

const read = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8');
const text = (await read('docs/threat-model.md')).replace(/\s*\n\s*/g, ' ');
const named = [...text.matchAll(/(test\/[\w/.-]+\.test\.ts)(?:: "([^"]+)")?/g)].map(
  ([, path = '', title]) => [path, title] as const,
);

describe('the threat model', () => {
  it('names its tests, and the attacks that it does not stop', () => {
    expect(named.length).toBeGreaterThan(15);
    expect(text.match(/\*\*Not stopped:\*\*/g)?.length).toBeGreaterThanOrEqual(7);
  });

  it.each(named)('names %s: "%s", which exists', async (path, title) => {
    const source = (await read(path)).replaceAll("\\'", "'");
    if (title !== undefined) expect(source).toContain(title);
  });
});
