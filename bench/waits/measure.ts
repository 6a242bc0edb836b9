import { seeded } from '../../simulation/random.ts';
import { heavyTailedMs } from '../detection/waits.ts';
import type { Size } from '../report/section.ts';
import { mean } from '../report/statistics.ts';
import { publishedLoop } from './published-loop.ts';
import type { Run } from './run.ts';
import { everyWay, rivalRuns, WAYS, type Way } from './ways.ts';
import { type Waits, World } from './world.ts';

const SECOND_MS = 1_000;
const HOUR_MS = 3_600 * SECOND_MS;
const DAY_MS = 24 * HOUR_MS;

/** The mean of a customer, where there are several. */
export interface Figures extends Omit<Run, 'overshootMs'> {
  readonly deletedShare: number;
}

export interface Case {
  readonly answerMs: number;
  readonly waitMs: number | 'mix';
  /** One for each seed. */
  readonly ways: Readonly<Record<Way, readonly Figures[]>>;
}

export interface WaitResults {
  readonly seeds: readonly number[];
  readonly customersOfMix: number;
  readonly cases: readonly Case[];
  /** The loop as it is published, stopped long after the last order was cancelled. */
  readonly published: {
    readonly waitMs: number;
    readonly stoppedAfterMs: number;
    readonly run: Run;
  };
}

const SIZES = {
  full: {
    answersMs: [50, 400, 2_000],
    waitsMs: [0, 30 * SECOND_MS, 5 * 60 * SECOND_MS, HOUR_MS, DAY_MS],
    seeds: [1, 2, 3, 4, 5],
    customersOfMix: 20,
  },
  quick: { answersMs: [50], waitsMs: [0, HOUR_MS], seeds: [1, 2], customersOfMix: 2 },
} as const;

export async function measureWaits(size: Size): Promise<WaitResults> {
  const { answersMs, waitsMs, seeds, customersOfMix } = SIZES[size];
  const cases: Case[] = [];
  for (const answerMs of answersMs) {
    for (const waitMs of waitsMs) cases.push(await fixedWait(answerMs, waitMs, seeds));
    cases.push(await mixedWaits(answerMs, customersOfMix, seeds));
  }
  return { seeds, customersOfMix, cases, published: await asPublished() };
}

async function fixedWait(answerMs: number, waitMs: number, seeds: Seeds): Promise<Case> {
  const newWorld = () => new World([waitMs, waitMs, waitMs], answerMs);
  const rivals = await rivalRuns(newWorld);
  const bySeed = [];
  for (const seed of seeds) bySeed.push([await everyWay(newWorld, seed, rivals)]);
  return { answerMs, waitMs, ways: meansOf(bySeed) };
}

async function mixedWaits(answerMs: number, customers: number, seeds: Seeds): Promise<Case> {
  const bySeed = [];
  for (const seed of seeds) {
    const runs = [];
    for (const [index, waits] of mixOf(customers, seed).entries()) {
      const newWorld = () => new World(waits, answerMs);
      runs.push(await everyWay(newWorld, seed * 1_000 + index, await rivalRuns(newWorld)));
    }
    bySeed.push(runs);
  }
  return { answerMs, waitMs: 'mix', ways: meansOf(bySeed) };
}

type Seeds = readonly number[];
type Runs = Readonly<Record<Way, Run>>;

function mixOf(customers: number, seed: number): readonly Waits[] {
  const random = seeded(seed);
  const waitMs = () => heavyTailedMs(random);
  return Array.from({ length: customers }, () => [waitMs(), waitMs(), waitMs()] as const);
}

/** One mean for each seed. */
function meansOf(bySeed: readonly (readonly Runs[])[]): Case['ways'] {
  const ofWay = (way: Way) => bySeed.map((runs) => meanOf(runs.map((each) => each[way])));
  return Object.fromEntries(WAYS.map((way) => [way, ofWay(way)])) as Record<Way, Figures[]>;
}

function meanOf(runs: readonly Run[]): Figures {
  const of = (what: (run: Run) => number) => mean(runs.map(what));
  return {
    deletedShare: of(({ overshootMs }) => (overshootMs === undefined ? 0 : 1)),
    requests: of(({ requests }) => requests),
    executions: of(({ executions }) => executions),
    heldMs: of(({ heldMs }) => heldMs),
    billedMs: of(({ billedMs }) => billedMs),
  };
}

async function asPublished(): Promise<WaitResults['published']> {
  const waitMs = 30 * SECOND_MS;
  const stoppedAfterMs = HOUR_MS;
  const world = new World([waitMs, waitMs, waitMs], 50);
  return {
    waitMs,
    stoppedAfterMs,
    run: await publishedLoop(world, 'as published', stoppedAfterMs),
  };
}
