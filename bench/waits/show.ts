import { type Axis, chart, type Series } from '../report/chart.ts';
import type { Shown } from '../report/section.ts';
import { spreadOf } from '../report/statistics.ts';
import { table } from '../report/table.ts';
import { number, ranged, seconds, times, waitName } from '../report/words.ts';
import { POLLS_A_DAY, storageTransactions } from './durable-timer.ts';
import type { Case, Figures, WaitResults } from './measure.ts';
import { WAY_NAMES, WAYS, type Way } from './ways.ts';

/** The tables have one latency; the ratios have all. */
const USUAL_ANSWER_MS = 50;
const HOUR_MS = 60 * 60 * 1000;

export function showWaits({ seeds, customersOfMix, cases, published }: WaitResults): Shown {
  const usual = cases.filter(({ answerMs }) => answerMs === USUAL_ANSWER_MS);
  const head = ['', ...usual.map(({ waitMs }) => nameOf(waitMs))];
  const figures = (caption: string, say: (value: Figures) => number, word: typeof number) =>
    table(
      caption,
      head,
      WAYS.map((way) => [
        WAY_NAMES[way],
        ...usual.map((each) => cellOf(each.ways[way], say, word)),
      ]),
    );
  const answers = [...new Set(cases.map(({ answerMs }) => answerMs))];
  const ratios = (caption: string, say: (value: Figures) => number) =>
    table(
      caption,
      ['answers of', ...head.slice(1)],
      answers.map((answerMs) => [
        `${answerMs} ms`,
        ...cases.filter((each) => each.answerMs === answerMs).map((each) => ratioOf(each, say)),
      ]),
    );
  return {
    tables: [
      `A customer with three orders, which take so long to be cancelled; seeds ${seeds.join(', ')}: the median, and the least and the most. The mix: the mean of ${customersOfMix} customers for each seed, whose waits have a heavy tail.`,
      figures('API requests, answers of 50 ms:', ({ requests }) => requests, number),
      figures('Compute held, answers of 50 ms:', ({ heldMs }) => heldMs, seconds),
      figures('Compute billed, answers of 50 ms:', ({ billedMs }) => billedMs, seconds),
      ratios('How many times as much the loop is billed:', ({ billedMs }) => billedMs),
      ratios('How many times as many requests the loop makes:', ({ requests }) => requests),
      aboutPublished(published),
      aboutDurable(usual),
    ],
    inShort: inShort(usual),
    charts: { waits: billedChart(usual) },
  };
}

function nameOf(waitMs: Case['waitMs']): string {
  return waitMs === 'mix' ? 'mix' : waitName(waitMs);
}

function cellOf(
  runs: readonly Figures[],
  say: (value: Figures) => number,
  word: (value: number) => string,
): string {
  const deleted = spreadOf(runs.map(({ deletedShare }) => deletedShare)).median;
  if (deleted === 0) return 'dead letter';
  const figures = ranged(spreadOf(runs.map(say)), word);
  return deleted < 1 ? `${figures}; ${number((1 - deleted) * 100)} % dead letters` : figures;
}

function ratioOf({ ways }: Case, say: (value: Figures) => number): string {
  const ratios = ways.app.map((app, seed) => say(ways.loop[seed] ?? app) / say(app));
  return ranged(spreadOf(ratios), times);
}

function inShort(usual: readonly Case[]): string {
  const hour = usual.find(({ waitMs }) => waitMs === HOUR_MS);
  if (hour === undefined) throw new Error('The results lack a wait of an hour.');
  const of = (way: Way, say: (value: Figures) => number, word: typeof number) =>
    word(spreadOf(hour.ways[way].map(say)).median);
  const took = (way: Way) =>
    `${of(way, ({ requests }) => requests, number)} requests and ${of(way, ({ billedMs }) => billedMs, seconds)} billed`;
  return `- Three orders that take an hour: ${took('app')}, where Microsoft's published loop, corrected so that it ends, takes ${took('loop')}.`;
}

function aboutPublished({ waitMs, stoppedAfterMs, run }: WaitResults['published']): string {
  return `The loop as published: with orders that take ${waitName(waitMs)}, it was stopped after ${waitName(stoppedAfterMs)} and ${number(run.requests)} requests. It does not end: one order that was pending in any pass is never forgotten.`;
}

function aboutDurable(usual: readonly Case[]): string {
  const hour = usual.find(({ waitMs }) => waitMs === HOUR_MS);
  const [checks] = hour?.ways.app ?? [];
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
