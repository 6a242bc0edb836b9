import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { madeFromSchema } from '../../scripts/logs.ts';
import { EVENTS } from '../../src/teardown/log/log-events.ts';

it("what is made from the log's schema and the queries is up to date (npm run logs makes it)", async () => {
  for (const [file, text] of await madeFromSchema())
    expect(await readFile(file, 'utf8')).toBe(text);
});

it("every line has a level that the host's log knows", () => {
  const levels = Object.values(EVENTS).map(({ level }) => level);
  expect([...new Set(levels)].toSorted()).toEqual(['info', 'warn']);
});
