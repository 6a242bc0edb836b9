import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { errorTable } from '../../src/teardown/errors/error-table.ts';

const PAGE = 'packages/partner-center-sandbox/docs/sandbox.md';
const page = readFileSync(new URL(`../../${PAGE}`, import.meta.url), 'utf8');

it("the sandbox's page lists every code that the app knows, also where it takes a fault to see it", () => {
  const listed = [...page.matchAll(/^\| ([\d, ]+) \| (?:yes|no) \|/gm)].flatMap(([, codes = '']) =>
    codes.split(', '),
  );
  const known = errorTable.flatMap(({ codes }) => codes ?? []);
  expect(listed).toEqual(expect.arrayContaining(known));
});
