import { readdir, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { FIELDS } from '../../src/teardown/log/log-fields.ts';

const operate = await readFile(new URL('../../docs/operate.md', import.meta.url), 'utf8');
const [, reasonsPart = ''] = /^## Reasons$(.*?)^## /ms.exec(operate) ?? [];
const code = (text: string): string[] =>
  [...text.matchAll(/`([a-z-]+)`/g)].map(([, word = '']) => word);

/** Ended well, or not ended: no one has anything to do. */
const wellEnded = ['released', 'already-gone', 'dry-run', 'grace-period', 'requested'];

it('docs/operate.md says of every reason what to do', () => {
  const reasons = Object.keys(FIELDS.reason.values).filter((each) => !wellEnded.includes(each));
  expect(reasons.length).toBeGreaterThan(10);
  expect(code(reasonsPart)).toEqual(expect.arrayContaining(reasons));
});

it('docs/operate.md names only saved queries that exist', async () => {
  const files = await readdir(new URL('../../infra/queries/', import.meta.url));
  const named = [...operate.matchAll(/quer(?:y|ies) `([a-z-]+)`/g)].map(
    ([, name]) => `${name}.kql`,
  );
  expect(named.length).toBeGreaterThan(3);
  expect(files).toEqual(expect.arrayContaining(named));
});
