import { seeded } from '../../simulation/random.ts';
import { type Contents, WITH_AZURE } from '../full-sandbox.ts';
import type { NightOptions } from '../night/night.ts';

/** Cancelling a purchase takes up to this. */
const SLOWEST_MS = 10 * 60 * 1000;

export interface Scenario {
  readonly name: string;
  /** The least share of the bound, and the most of the requests that may be answered 429. */
  readonly goal: { readonly minShare: number; readonly maxThrottledShare: number };
  readonly arrival: NightOptions['arrival'];
  readonly othersPerMinute: number;
  contents(seed: number): Contents;
}

const atOnce = (): Contents => ({ cancelTakesMs: () => 0 });

function upToTenMinutes(seed: number): Contents {
  const random = seeded(seed);
  const takesMs = new Map<number, number>();
  return {
    cancelTakesMs: (purchase) => {
      const takes = takesMs.get(purchase) ?? Math.round(random() * SLOWEST_MS);
      takesMs.set(purchase, takes);
      return takes;
    },
  };
}

const SWEEP = { arrival: 'sweep', othersPerMinute: 0 } as const;
const DROPPED = { arrival: 'at once', othersPerMinute: 100 } as const;
const GOALS = {
  sweep: { minShare: 0.95, maxThrottledShare: 0 },
  dropped: { minShare: 0.9, maxThrottledShare: 0.02 },
};

export const SWEEP_AT_ONCE: Scenario = {
  ...{ name: 'sweep, cancelled at once', goal: GOALS.sweep, ...SWEEP },
  contents: atOnce,
};
export const SWEEP_SLOWLY: Scenario = {
  ...{ name: 'sweep, within 0 to 10 min', goal: GOALS.sweep, ...SWEEP },
  contents: upToTenMinutes,
};
export const SWEEP_WITH_AZURE: Scenario = {
  ...{ name: 'sweep, an Azure plan each, at once', goal: GOALS.sweep, ...SWEEP },
  contents: () => ({ ...atOnce(), kinds: WITH_AZURE }),
};
export const DROPPED_SLOWLY: Scenario = {
  ...{ name: '75 messages at once, 0 to 10 min', goal: GOALS.dropped, ...DROPPED },
  contents: upToTenMinutes,
};
export const DROPPED_AT_ONCE: Scenario = {
  ...{ name: '75 messages at once, cancelled at once', goal: GOALS.dropped, ...DROPPED },
  contents: atOnce,
};

/** Nights of a full sandbox. */
export const SCENARIOS: readonly Scenario[] = [
  ...[SWEEP_AT_ONCE, SWEEP_SLOWLY, SWEEP_WITH_AZURE],
  ...[DROPPED_SLOWLY, DROPPED_AT_ONCE],
];
