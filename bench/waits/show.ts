import { type Axis, chart, type Series } from '../report/chart.ts';
import type { Shown } from '../report/section.ts';
import { type Spread, spreadOf } from '../report/statistics.ts';
import { table } from '../report/table.ts';
import { number, ranged, seconds, times, waitName } from '../report/words.ts';
import { POLLS_A_DAY, storageTransactions } from './durable-timer.ts';
import type { Case, Figures, WaitResults } from './measure.ts';
import { WAY_NAMES, WAYS, type Way } from './ways.ts';

/** The goals and the chart are of this latency. */
const USUAL_ANSWER_MS = 50;
const HOUR_MS = 60 * 60 * 1000;

export function showWaits({ seeds, customersOfMix, cases, published }: WaitResults): Shown {
  const usual = cases.filter(({ answerMs }) => answerMs === USUAL_ANSWER_MS);
  return {
    tables: [
      `A customer with three orders, which take so long to be cancelled; seeds ${seeds.join(', ')}: the median, and the least and the most. The mix: the mean of ${customersOfMix} customers for each seed, whose waits have a heavy tail.`,
      figuresOf(cases, 'API requests:', ({ requests }) => requests, number),
      figuresOf(cases, 'Compute held:', ({ heldMs }) => heldMs, seconds),
      figuresOf(cases, 'Compute billed:', ({ billedMs }) => billedMs, seconds),
      ratiosOf(cases, 'How many times as much the loop is billed:', ({ billedMs }) => billedMs),
      ratiosOf(cases, 'How many times as many requests it makes:', ({ requests }) => requests),
      goals(usual),
      aboutPublished(published),
      aboutDurable(usual),
    ],
    inShort: inShort(usual),
    charts: { waits: billedChart(usual) },
  };
}

type Say = (value: Figures) => number;

function figuresOf(
  cases: readonly Case[],
  caption: string,
  say: Say,
  word: (value: number) => string,
): string {
  const rows = WAYS.flatMap((way) =>
    byAnswer(cases).map(([answerMs, ofAnswer]) => [
      ...[WAY_NAMES[way], `${answerMs} ms`],
      ...ofAnswer.map(({ ways }) => cellOf(ways[way], say, word)),
    ]),
  );
  return table(caption, ['', 'answers', ...waitsIn(cases)], rows);
}

function ratiosOf(cases: readonly Case[], caption: string, say: Say): string {
  const rows = byAnswer(cases).map(([answerMs, ofAnswer]) => [
    `${answerMs} ms`,
    ...ofAnswer.map((each) => ranged(ratiosIn(each, say), times)),
  ]);
  return table(caption, ['answers', ...waitsIn(cases)], rows);
}

function byAnswer(cases: readonly Case[]): readonly (readonly [number, readonly Case[]])[] {
  return [...Map.groupBy(cases, ({ answerMs }) => answerMs)];
}

function waitsIn(cases: readonly Case[]): readonly string[] {
  return [...new Set(cases.map(({ waitMs }) => nameOf(waitMs)))];
}

function nameOf(waitMs: Case['waitMs']): string {
  return waitMs === 'mix' ? 'mix' : waitName(waitMs);
}

function cellOf(runs: readonly Figures[], say: Say, word: (value: number) => string): string {
  const deleted = spreadOf(runs.map(({ deletedShare }) => deletedShare)).median;
  if (deleted === 0) return 'dead letter';
  const figures = ranged(spreadOf(runs.map(say)), word);
  return deleted < 1 ? `${figures}; ${number((1 - deleted) * 100)} % dead letters` : figures;
}

/** How many times as much as this app the loop takes, for each seed. */
function ratiosIn({ ways }: Case, say: Say): Spread {
  return spreadOf(ways.app.map((app, seed) => say(ways.loop[seed] ?? app) / say(app)));
}

/** At a wait of an hour. */
const MIN_RATIOS = { billed: 150, requests: 60 } as const;

function goals(usual: readonly Case[]): string {
  const hour = hourIn(usual);
  const goal = (what: keyof typeof MIN_RATIOS, ratios: Spread) =>
    `${MIN_RATIOS[what]} × ${what === 'billed' ? 'less billed' : 'fewer requests'}: ${ranged(ratios, times)}, ${ratios.min >= MIN_RATIOS[what] ? 'reached' : 'not reached'}`;
  return `The goals, at a wait of 1 h and answers of ${USUAL_ANSWER_MS} ms: ${[
    goal(
      'billed',
      ratiosIn(hour, ({ billedMs }) => billedMs),
    ),
    goal(
      'requests',
      ratiosIn(hour, ({ requests }) => requests),
    ),
  ].join('; ')}.`;
}

function hourIn(cases: readonly Case[]): Case {
  const hour = cases.find(({ waitMs }) => waitMs === HOUR_MS);
  if (hour === undefined) throw new Error('The results lack a wait of an hour.');
  return hour;
}

function inShort(usual: readonly Case[]): string {
  const hour = hourIn(usual);
  const of = (way: Way, say: Say, word: typeof number) =>
    word(spreadOf(hour.ways[way].map(say)).median);
  const took = (way: Way) =>
    `${of(way, ({ requests }) => requests, number)} requests and ${of(way, ({ billedMs }) => billedMs, seconds)} billed`;
  return `- Three orders that take an hour: ${took('app')}, where Microsoft's published loop, corrected so that it ends, takes ${took('loop')}.`;
}

function aboutPublished({ waitMs, stoppedAfterMs, run }: WaitResults['published']): string {
  return `The loop as published: with orders that take ${waitName(waitMs)}, it was stopped after ${waitName(stoppedAfterMs)} and ${number(run.requests)} requests. It does not end: one order that was pending in any pass is never forgotten.`;
}

function aboutDurable(usual: readonly Case[]): string {
  const [checks] = hourIn(usual).ways.app;
  if (checks === undefined) return '';
  return `Durable Functions: beside what is billed, ${number(storageTransactions(checks.executions))} storage transactions for a wait of 1 h, and ${number(POLLS_A_DAY)} a day for asking its queues. Here it is ${number(3 * checks.executions)} operations of Service Bus.`;
}

function billedChart(usual: readonly Case[]): string {
  const fixed = usual.flatMap(({ waitMs, ways }) =>
    waitMs === 'mix' || waitMs === 0 ? [] : [{ waitMs, ways }],
  );
  const lineOf = (way: Way): Series => ({
    name: WAY_NAMES[way],
    points: fixed.flatMap(({ waitMs, ways }) => {
      const runs = ways[way];
      if (runs.some(({ deletedShare }) => deletedShare < 1)) return [];
      return [
        [waitMs / 1000, spreadOf(runs.map(({ billedMs }) => billedMs)).median / 1000] as const,
      ];
    }),
  });
  const x: Axis = {
    name: 'until all orders are cancelled',
    ticks: fixed.map(({ waitMs }) => waitMs / 1000),
    isLogarithmic: true,
    say: (value) => waitName(value * 1000),
  };
  const y: Axis = {
    name: 'billed',
    ticks: [1, 10, 100, 1_000, 10_000, 100_000],
    isLogarithmic: true,
    say: (value) => `${number(value)} s`,
  };
  const title = 'Compute billed for one customer, by how long cancelling takes';
  return chart(
    title,
    x,
    y,
    WAYS.map(lineOf).filter(({ points }) => points.length > 0),
  );
}
