import type { Choices } from './choices.ts';

/** The nightly sweep of a scenario: its settings, and what happens around it. */
export interface SweepPlan {
  readonly include: readonly SweepRule[];
  readonly mostCustomers: number;
  readonly whenFewerFreeThan?: number;
  readonly graceMs: number;
  readonly spacingMs: number;
  /** Later than this after the full hour, when it is due, it requests nothing. */
  readonly mostPastDueMs: number;
  /** How often the timer fires that night. */
  readonly fires: number;
  /** Customers that somebody protects when the sweep has been announced, by their place. */
  readonly protectedMeanwhile: readonly number[];
  /** Somebody empties the rules when the sweep has been announced. */
  readonly emptiedMeanwhile: boolean;
}

/** A rule by what is meant: a customer's id, its domain, or everybody's. */
export type SweepRule =
  | { readonly by: 'id' | 'domain'; readonly customer: number }
  | { readonly by: 'all' };

/** Why the sweep runs. */
export type SweepRun = 'due' | 'past due' | 'by hand';

/** It is due at every full hour. */
export const SWEEP_PERIOD_MS = 3_600_000;

export const sweepDueMs = (atMs: number): number =>
  Math.floor(atMs / SWEEP_PERIOD_MS) * SWEEP_PERIOD_MS;

/** Of the 75 places, so that a few customers make the difference. */
const ALMOST_ALL_FREE = 74;

export function sweepPlan(customers: number, choices: Choices): SweepPlan {
  const places = Array.from({ length: customers }, (_, place) => place);
  const by = choices.among(['all', 'domain', 'id', 'none'], 0.5);
  const chosen = places.filter(() => choices.chance(0.7));
  const include = {
    all: [{ by: 'all' as const }],
    none: [],
    domain: chosen.map((customer) => ({ by: 'domain' as const, customer })),
    id: chosen.map((customer) => ({ by: 'id' as const, customer })),
  };
  return {
    include: include[by],
    mostCustomers: choices.among([customers, 0, 1, 2], 0.7),
    ...(choices.chance(0.2) && { whenFewerFreeThan: ALMOST_ALL_FREE - choices.between(0, 1) }),
    graceMs: choices.among([10, 60, 0], 0.5) * 60_000,
    spacingMs: choices.between(0, 2) * 2_000,
    mostPastDueMs: choices.among([60, 5], 0.8) * 60_000,
    fires: choices.between(1, 2),
    protectedMeanwhile: places.filter(() => choices.chance(0.15)),
    emptiedMeanwhile: choices.chance(0.1),
  };
}

/** A rule as the setting SWEEP_INCLUDE writes it. */
export function ruleText(
  rule: SweepRule,
  nameOf: (customer: number) => { readonly id: string; readonly domain: string },
): string {
  if (rule.by === 'all') return '*.onmicrosoft.com';
  return nameOf(rule.customer)[rule.by].toUpperCase();
}
