import { billedMs, USUAL } from '../../scripts/cost/held.ts';
import { REQUESTS_A_MINUTE } from '../full-sandbox.ts';
import { BACKOFF, type Night, type NightOptions, playNight } from '../night/night.ts';
import type { Size } from '../report/section.ts';
import { percentile, sum } from '../report/statistics.ts';
import { SCENARIOS, type Scenario } from './scenarios.ts';

/** So that nothing is throttled. */
const UNLIMITED = 1_000_000;
const MINUTE_MS = 60_000;

export interface NightFigures {
  readonly seed: number;
  readonly requests: number;
  readonly throttledShare: number;
  readonly deleted: number;
  readonly tookMs: number;
  readonly boundMs: number;
  readonly slowestToMedian: number;
  readonly billedSharedMs: number;
  readonly billedAloneMs: number;
}

export interface NightCase {
  readonly scenario: string;
  readonly instances: number;
  readonly nights: readonly NightFigures[];
}

export interface NightResults {
  readonly seeds: readonly number[];
  readonly answerMs: number;
  readonly cases: readonly NightCase[];
}

const SIZES = {
  full: { seeds: [1, 2, 3], instances: [1, 4, 10, 40] },
  quick: { seeds: [1], instances: [1, 40] },
} as const;

export async function measureNights(size: Size): Promise<NightResults> {
  const { seeds, instances } = SIZES[size];
  const cases: NightCase[] = [];
  for (const scenario of SCENARIOS) {
    for (const count of instances) {
      const nights: NightFigures[] = [];
      for (const seed of seeds) nights.push(await nightFigures(scenario, count, seed));
      cases.push({ scenario: scenario.name, instances: count, nights });
    }
  }
  return { seeds, answerMs: USUAL.apiRequestMs, cases };
}

/** One night, beside the same one without a throttle. */
export async function nightFigures(
  scenario: Scenario,
  instances: number,
  seed: number,
): Promise<NightFigures> {
  const { arrival, othersPerMinute } = scenario;
  const options: NightOptions = {
    ...{ instances, arrival, othersPerMinute, seed, ...scenario.contents(seed) },
    ...{ answerMs: USUAL.apiRequestMs, sendMs: USUAL.sendMs, ownWorkMs: USUAL.ownWorkMs },
    ...{ budgetPerMinute: REQUESTS_A_MINUTE, requestsPerMinute: REQUESTS_A_MINUTE },
  };
  const night = await playNight(options);
  const unthrottled = await playNight({
    ...options,
    ...{ budgetPerMinute: UNLIMITED, requestsPerMinute: UNLIMITED, othersPerMinute: 0 },
  });
  return {
    seed,
    requests: night.requests,
    throttledShare: night.throttled / night.requests,
    deleted: night.deleted,
    tookMs: night.tookMs,
    boundMs: boundMs(night, unthrottled, REQUESTS_A_MINUTE - othersPerMinute),
    slowestToMedian: night.tookMs / percentile(night.eachTookMs, 50),
    billedSharedMs: sum(night.activeMs.map(billedMs)),
    billedAloneMs: sum(night.executionsMs.map(billedMs)),
  };
}

/** No night can be shorter: neither than its requests take, nor than without any throttle. */
function boundMs(night: Night, unthrottled: Night, budgetPerMinute: number): number {
  const requestsMs = (night.requests / budgetPerMinute) * MINUTE_MS;
  return Math.max(BACKOFF.firstDelayMs + requestsMs, unthrottled.tookMs);
}
