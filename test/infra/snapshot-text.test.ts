import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { snapshots } from '../../scripts/infra/check.ts';
import { snapshotText } from '../../scripts/infra/snapshot-text.ts';

it('the outputs of a snapshot are in the order of their names, in whichever the compiler wrote them', () => {
  const text = (...names: string[]) =>
    JSON.stringify({
      predictedResources: [{ type: 'b' }, { type: 'a' }],
      outputs: Object.fromEntries(names.map((name) => [name, `of ${name}`])),
    });
  expect(snapshotText(text('ONE', 'TWO', 'AN_OTHER'))).toBe(
    snapshotText(text('TWO', 'AN_OTHER', 'ONE')),
  );
  expect(JSON.parse(snapshotText(text('TWO', 'ONE')))).toEqual(JSON.parse(text('ONE', 'TWO')));
  expect(Object.keys(JSON.parse(snapshotText(text('TWO', 'ONE'))).outputs)).toEqual(['ONE', 'TWO']);
});

it.each(snapshots)('the committed snapshot "%s" is in that order', async (name) => {
  const file = new URL(`../../infra/snapshots/${name}.snapshot.json`, import.meta.url);
  const text = await readFile(file, 'utf8');
  expect(text).toBe(snapshotText(text));
});
