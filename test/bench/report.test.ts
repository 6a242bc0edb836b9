import { describe, expect, it } from 'vitest';
import { chart } from '../../bench/report/chart.ts';
import { percentile, spreadOf } from '../../bench/report/statistics.ts';
import { table } from '../../bench/report/table.ts';
import { number, percent, ranged, seconds, waitName } from '../../bench/report/words.ts';

describe('the statistics', () => {
  it('take percentiles that were measured', () => {
    expect([1, 50, 99, 100].map((percent) => percentile([3, 1, 2, 4], percent))).toEqual([
      1, 2, 4, 4,
    ]);
    expect(() => percentile([], 50)).toThrow('no percentile of no values');
  });

  it('say a median with its range, or alone where all runs were alike', () => {
    expect(ranged(spreadOf([1_000, 3_000, 2_000]), seconds)).toBe('2 s (1 to 3)');
    expect(ranged(spreadOf([0.5, 0.5]), percent)).toBe('50.0 %');
    expect([1234.5, 12.34, 1.234].map(number)).toEqual(['1,235', '12.3', '1.23']);
    expect([0, 30_000, 300_000, 86_400_000].map(waitName)).toEqual([
      '0 s',
      '30 s',
      '5 min',
      '24 h',
    ]);
  });
});

it('a table is Markdown, with columns of one width', () => {
  expect(table('Above:', ['a', 'bcde'], [['1']]).split('\n')).toEqual([
    'Above:',
    '',
    '| a   | bcde |',
    '| --- | ---- |',
    '| 1   |      |',
  ]);
});

it('a chart has its points between its outermost ticks, by the logarithm where asked', () => {
  const x = { name: 'x <s>', ticks: [1, 100], isLogarithmic: true } as const;
  const y = { name: 'y', ticks: [0, 10] };
  const points = [
    [1, 0],
    [10, 5],
    [100, 10],
  ] as const;
  const svg = chart('A & B', x, y, [{ name: 'one', points }]);
  const at = [...svg.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, cx, cy]) => [
    Number(cx),
    Number(cy),
  ]);
  const [[left = 0, bottom = 0] = [], [middle, centre] = [], [right = 0, top = 0] = []] = at;
  expect(middle).toBeCloseTo((left + right) / 2);
  expect(centre).toBeCloseTo((top + bottom) / 2);
  expect(svg).toContain('A &amp; B');
  expect(svg).toContain('x &lt;s&gt;');
});
