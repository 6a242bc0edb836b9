import { seeded } from '../../simulation/random.ts';
import type { Backoff } from '../../src/teardown/reconcile/retry-policy.ts';
import { BACKOFF } from '../night/night.ts';
import type { Size } from '../report/section.ts';
import { mean, percentile } from '../report/statistics.ts';
import { teardownRun } from '../waits/teardown-run.ts';
import { type Waits, World } from '../waits/world.ts';
import { detect, overshootBoundMs } from './schedule.ts';
import { heavyTailedMs } from './waits.ts';

export interface Schedule {
  readonly firstDelayMs: number;
  readonly multiplier: number;
  readonly maxDelayMs: number;
  readonly jitter: number;
}

/** From "really released" to "seen", over many waits. */
export interface Overshoot {
  readonly checks: number;
  readonly meanMs: number;
  readonly medianMs: number;
  readonly p99Ms: number;
  /** The most of the bound, which is for delays without jitter. */
  readonly mostOfBound: number;
}

export interface DetectionResults {
  readonly seeds: readonly number[];
  readonly waits: number;
  readonly played: number;
  readonly answerMs: number;
  /** One for each seed. */
  readonly schedules: readonly (Schedule & { readonly overshoots: readonly Overshoot[] })[];
  /** The app itself, with the defaults, until the customer is deleted. */
  readonly app: readonly Overshoot[];
}

/** What the published loop sleeps, after each pass. */
export const EVERY_FIVE_SECONDS: Schedule = {
  ...{ firstDelayMs: 5_000, multiplier: 1, maxDelayMs: 5_000, jitter: 0 },
};

export const DEFAULTS: Schedule = {
  firstDelayMs: BACKOFF.firstDelayMs,
  multiplier: BACKOFF.multiplier,
  maxDelayMs: BACKOFF.maxDelayMs,
  jitter: BACKOFF.jitter,
};

const FIRST_S = [2, 5, 10, 15];
const MULTIPLIERS = [1.2, 1.3, 1.4, 1.5, 1.75, 2];
const LONGEST_S = [60, 120, 300, 600];
const SIZES = {
  full: { seeds: [1, 2, 3, 4, 5], waits: 1_000, played: 100 },
  quick: { seeds: [1, 2], waits: 200, played: 10 },
} as const;

const ANSWER_MS = 50;

export async function measureDetection(size: Size): Promise<DetectionResults> {
  const { seeds, waits, played } = SIZES[size];
  const schedules = [EVERY_FIVE_SECONDS, { ...DEFAULTS, jitter: 0 }, ...grid()].map((each) => ({
    ...each,
    overshoots: seeds.map((seed) => ofSchedule(each, waits, seed)),
  }));
  const app: Overshoot[] = [];
  for (const seed of seeds) app.push(await ofApp(played, seed));
  return { seeds, waits, played, answerMs: ANSWER_MS, schedules, app };
}

function grid(): readonly Schedule[] {
  return FIRST_S.flatMap((first) =>
    MULTIPLIERS.flatMap((multiplier) =>
      LONGEST_S.map((longest) => ({
        ...{ firstDelayMs: first * 1000, multiplier, maxDelayMs: longest * 1000 },
        jitter: BACKOFF.jitter,
      })),
    ),
  );
}

/** Of a customer with three orders, the last one. */
const waitsOf = (random: () => number): Waits => [
  heavyTailedMs(random),
  heavyTailedMs(random),
  heavyTailedMs(random),
];

function ofSchedule(schedule: Schedule, count: number, seed: number): Overshoot {
  const backoff: Backoff = { ...BACKOFF, ...schedule };
  const [random, jitter] = [seeded(seed), seeded(seed + 1_000)];
  const detected = Array.from({ length: count }, () => {
    const waitMs = Math.max(...waitsOf(random));
    return { waitMs, ...detect(backoff, waitMs, jitter) };
  });
  return overshootOf(detected, backoff);
}

async function ofApp(count: number, seed: number): Promise<Overshoot> {
  const random = seeded(seed);
  const detected = [];
  for (let index = 0; index < count; index += 1) {
    const waits = waitsOf(random);
    const { overshootMs, executions } = await teardownRun(
      new World(waits, ANSWER_MS),
      seed * 1_000 + index,
    );
    if (overshootMs === undefined) throw new Error('The app has not deleted the customer.');
    detected.push({ waitMs: Math.max(...waits), overshootMs, checks: executions - 1 });
  }
  return overshootOf(detected, BACKOFF);
}

function overshootOf(
  detected: readonly { waitMs: number; overshootMs: number; checks: number }[],
  backoff: Backoff,
): Overshoot {
  const each = detected.map(({ overshootMs }) => overshootMs);
  return {
    checks: mean(detected.map(({ checks }) => checks)),
    meanMs: mean(each),
    medianMs: percentile(each, 50),
    p99Ms: percentile(each, 99),
    mostOfBound: Math.max(
      ...detected.map(({ waitMs, overshootMs }) => overshootMs / overshootBoundMs(backoff, waitMs)),
    ),
  };
}
