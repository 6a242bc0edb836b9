import { chart } from '../report/chart.ts';
import type { Shown } from '../report/section.ts';
import { spreadOf } from '../report/statistics.ts';
import { table } from '../report/table.ts';
import { number, percent, ranged, seconds } from '../report/words.ts';
import type { NightCase, NightFigures, NightResults } from './measure.ts';
import { SCENARIOS, SWEEP_AT_ONCE, SWEEP_SLOWLY } from './scenarios.ts';

export function showNights({ seeds, answerMs, cases }: NightResults): Shown {
  return {
    tables: [
      `A night of 75 customers with three purchases each, answers of ${answerMs} ms, seeds ${seeds.join(', ')}: the median, and the least and the most. The bound is the first delay and the requests at 500 a minute less those of other clients (100 with messages at once), or the same night without a throttle, whichever is longer.`,
      table(
        'Each function has so many instances:',
        ['night', 'instances', 'took', 'bound', 'of the bound', '429', 'slowest ÷ median'],
        cases.map(row),
      ),
      table(
        'Billed, where executions share an instance, and as if each were alone:',
        ['night', 'instances', 'requests', 'shared', 'alone'],
        cases.map(({ scenario, instances, nights }) => [
          ...[scenario, String(instances)],
          of(nights, ({ requests }) => requests),
          of(nights, ({ billedSharedMs }) => billedSharedMs, seconds),
          of(nights, ({ billedAloneMs }) => billedAloneMs, seconds),
        ]),
      ),
      goals(cases),
    ],
    inShort: inShort(cases),
    charts: { nights: shareChart(cases) },
  };
}

/** Nobody waits for much longer than the others. */
const MAX_SLOWEST = 3;

const shareOf = ({ boundMs, tookMs }: NightFigures) => boundMs / tookMs;

function row({ scenario, instances, nights }: NightCase): readonly string[] {
  return [
    ...[scenario, String(instances)],
    of(nights, ({ tookMs }) => tookMs, seconds),
    of(nights, ({ boundMs }) => boundMs, seconds),
    of(nights, shareOf, percent),
    of(nights, ({ throttledShare }) => throttledShare, percent),
    of(nights, ({ slowestToMedian }) => slowestToMedian),
  ];
}

function of(
  nights: readonly NightFigures[],
  say: (night: NightFigures) => number,
  word: (value: number) => string = number,
): string {
  return ranged(spreadOf(nights.map(say)), word);
}

/** Which goal each kind of night reaches, over all instances and seeds. */
function goals(cases: readonly NightCase[]): string {
  const rows = SCENARIOS.map(({ name, goal }) => {
    const nights = cases.filter(({ scenario }) => scenario === name).flatMap((each) => each.nights);
    const share = spreadOf(nights.map(shareOf));
    const throttled = spreadOf(nights.map(({ throttledShare }) => throttledShare));
    const slowest = spreadOf(nights.map(({ slowestToMedian }) => slowestToMedian));
    const { maxThrottledShare, minShare } = goal;
    return [
      name,
      `${percent(minShare)}: ${ranged(share, percent)}, ${verdict(share.median >= minShare)}`,
      `${percent(maxThrottledShare)}: ${percent(throttled.max)}, ${verdict(throttled.max <= maxThrottledShare)}`,
      `${MAX_SLOWEST}: ${number(slowest.max)}, ${verdict(slowest.max < MAX_SLOWEST)}`,
    ];
  });
  return table(
    'The goals, over all instances and seeds: the median share of the bound, and the most of the others:',
    ['night', 'of the bound, at least', '429, at most', 'slowest ÷ median, below'],
    rows,
  );
}

const verdict = (isReached: boolean): string => (isReached ? 'reached' : 'not reached');

function inShort(cases: readonly NightCase[]): string {
  const instances = cases.map((each) => each.instances);
  const nightsOf = (name: string) =>
    cases.filter(({ scenario }) => scenario === name).flatMap(({ nights }) => nights);
  const share = (name: string) => percent(spreadOf(nightsOf(name).map(shareOf)).median);
  const [atOnce, slowly] = [SWEEP_AT_ONCE.name, SWEEP_SLOWLY.name];
  const throttled = [atOnce, slowly].flatMap(nightsOf);
  const most = Math.max(...throttled.map(({ throttledShare }) => throttledShare));
  return `- A sweep of 75 customers on ${Math.min(...instances)} to ${Math.max(...instances)} instances: throttle, first delay and waits alone need ${share(atOnce)} of the time that it takes where all is cancelled at once, ${share(slowly)} where that takes up to ten minutes. Of its requests ${percent(most)} are answered 429.`;
}

function shareChart(cases: readonly NightCase[]): string {
  const instances = [...new Set(cases.map((each) => each.instances))];
  const series = SCENARIOS.map(({ name }) => ({
    name,
    points: cases
      .filter(({ scenario }) => scenario === name)
      .map((each) => [each.instances, spreadOf(each.nights.map(shareOf)).median * 100] as const),
  }));
  return chart(
    'A night of 75 customers: share of the bound',
    { name: 'instances of each function', ticks: instances, isLogarithmic: true },
    { name: 'of the bound', ticks: [80, 85, 90, 95, 100, 105, 110], say: (value) => `${value} %` },
    series,
  );
}
