import { chart } from '../report/chart.ts';
import type { Shown } from '../report/section.ts';
import { mean, spreadOf } from '../report/statistics.ts';
import { table } from '../report/table.ts';
import { number, percent, ranged, seconds, waitName } from '../report/words.ts';
import {
  DEFAULTS,
  type DetectionResults,
  EVERY_FIVE_SECONDS,
  type Overshoot,
  type Schedule,
} from './measure.ts';

type Measured = DetectionResults['schedules'][number];
type Figure = 'checks' | 'meanMs' | 'medianMs' | 'p99Ms' | 'mostOfBound';

const HEAD = ['schedule', 'checks', 'median', 'mean', '99 %', 'most of the bound'];

export function showDetection(results: DetectionResults): Shown {
  const { seeds, waits, played, answerMs, schedules, app } = results;
  const rows = [
    ["every 5 s, as Microsoft's loop", find(schedules, EVERY_FIVE_SECONDS)],
    ['the defaults, without jitter', find(schedules, { ...DEFAULTS, jitter: 0 })],
    ['the defaults', find(schedules, DEFAULTS)],
  ] as const;
  const better = betterThanDefaults(schedules);
  return {
    tables: [
      `From "really released" to "deleted", for customers with three orders whose waits have a heavy tail; seeds ${seeds.join(', ')}: the median, and the least and the most. ${waits} customers a seed by the delays alone, ${played} by the app itself with answers of ${answerMs} ms. The bound, jitter aside: the first delay and half of the wait, at most the longest delay.`,
      table('', HEAD, [
        ...rows.map(([name, { overshoots }]) => [name, ...cellsOf(overshoots)]),
        ['the app, until it has deleted', ...cellsOf(app)],
      ]),
      aboutBound(find(schedules, { ...DEFAULTS, jitter: 0 })),
      better.length === 0
        ? 'No other schedule of those tried is as good in all of these.'
        : table(
            'No more checks than the defaults, and no later in the median, the mean and the 99th percentile:',
            HEAD,
            better.map((each) => [nameOf(each), ...cellsOf(each.overshoots)]),
          ),
    ],
    charts: { detection: frontChart(schedules) },
  };
}

function aboutBound({ overshoots }: Measured): string {
  const most = Math.max(...overshoots.map(({ mostOfBound }) => mostOfBound));
  // A delay is rounded to a millisecond.
  const isReached = most < 1.0005;
  return `The goal, jitter aside: at most half of the wait and the first delay, and at most the longest delay: ${isReached ? 'reached' : 'not reached'}, ${percent(most)} of it at most.`;
}

function cellsOf(overshoots: readonly Overshoot[]): readonly string[] {
  const of = (figure: Figure, word: (value: number) => string) =>
    ranged(spreadOf(overshoots.map((each) => each[figure])), word);
  return [
    of('checks', number),
    ...(['medianMs', 'meanMs', 'p99Ms'] as const).map((each) => of(each, seconds)),
    of('mostOfBound', percent),
  ];
}

function nameOf({ firstDelayMs, multiplier, maxDelayMs }: Schedule): string {
  return `${waitName(firstDelayMs)}, × ${multiplier}, to ${waitName(maxDelayMs)}`;
}

function find(schedules: readonly Measured[], wanted: Schedule): Measured {
  const keys = ['firstDelayMs', 'multiplier', 'maxDelayMs', 'jitter'] as const;
  const found = schedules.find((each) => keys.every((key) => each[key] === wanted[key]));
  if (found === undefined) throw new Error('The results lack a schedule.');
  return found;
}

const average = ({ overshoots }: Measured, figure: Figure): number =>
  mean(overshoots.map((each) => each[figure]));

/** The means over all seeds are compared. */
export function betterThanDefaults(schedules: readonly Measured[]): readonly Measured[] {
  const usual = find(schedules, DEFAULTS);
  const figures = ['checks', 'meanMs', 'medianMs', 'p99Ms'] as const;
  return schedules.filter(
    (each) =>
      each !== usual &&
      each.jitter === usual.jitter &&
      figures.every((figure) => average(each, figure) <= average(usual, figure)),
  );
}

/** Down is sooner, left is cheaper: what is better than the defaults lies in that corner. */
function frontChart(schedules: readonly Measured[]): string {
  const point = (each: Measured) =>
    [average(each, 'checks'), average(each, 'meanMs') / 1000] as const;
  const withJitter = schedules.filter(({ jitter }) => jitter === DEFAULTS.jitter);
  const lineOf = (name: string, isOn: (each: Measured) => boolean) => ({
    name,
    points: withJitter.filter(isOn).map(point),
  });
  const { firstDelayMs, multiplier, maxDelayMs } = DEFAULTS;
  const byFirst = [...new Set(withJitter.map((each) => each.firstDelayMs))].map((first) =>
    lineOf(
      `first ${waitName(first)}, × 1.2 to 2`,
      (each) => each.firstDelayMs === first && each.maxDelayMs === maxDelayMs,
    ),
  );
  return chart(
    'What is detected how late, for how many checks',
    { name: 'checks of a teardown (mean)', ticks: [6, 10, 14, 18, 22, 26, 30, 34] },
    { name: 'overshoot (mean)', ticks: [0, 20, 40, 60, 80, 100], say: (value) => `${value} s` },
    [
      ...byFirst,
      lineOf(
        'longest 1 to 10 min, × 1.5',
        (each) => each.firstDelayMs === firstDelayMs && each.multiplier === multiplier,
      ),
      { name: 'the defaults', points: [point(find(schedules, DEFAULTS))] },
    ],
  );
}
