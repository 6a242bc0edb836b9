import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { benchPages, SECTIONS } from '../../bench/bench.ts';
import { kept, keptChart } from '../../bench/report/results.ts';

it('docs/bench.md and the README quote what bench/results has (npm run bench -- --write)', async () => {
  for (const { page, text } of await benchPages()) {
    expect(await readFile(page, 'utf8')).toBe(text);
  }
});

it.each(SECTIONS)('the charts of $name show what bench/results has', async (section) => {
  const { tables, charts = {} } = section.show(await kept(section));
  expect(tables.length).toBeGreaterThan(0);
  for (const [name, svg] of Object.entries(charts)) expect(await keptChart(name)).toBe(svg);
});
