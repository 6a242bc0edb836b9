import type { Choices } from './choices.ts';
import { type NightClock, nightClock } from './night-clock.ts';
import { type Shield, shieldOf } from './shields.ts';

/** The nightly sweep of a scenario: its settings, and what happens around it. */
export interface SweepPlan {
  readonly include: readonly SweepRule[];
  readonly maxCustomers: number;
  readonly belowFreeSlots?: number;
  readonly graceMs: number;
  readonly spacingMs: number;
  /** A sweep later than this requests nothing. */
  readonly maxPastDueMs: number;
  /** When the timer first fires. */
  readonly clock: NightClock;
  /** Whether the account lists a customer with an id that no request can have. */
  readonly listsOddId: boolean;
  /** How often the timer fires that night. */
  readonly fires: number;
  /** Customers that are protected after the sweep was announced. */
  readonly protectedMeanwhile: readonly Shield[];
  /** Whether the rules are emptied after the sweep was announced. */
  readonly emptiedMeanwhile: boolean;
}

/** A rule for a customer's id, for its domain, or for every domain. */
export type SweepRule =
  | { readonly by: 'id' | 'domain'; readonly customer: number }
  | { readonly by: 'all' };

/** Why the sweep runs. */
export type SweepRun = 'due' | 'past due' | 'by hand';

/** What the host reports about a run. */
export interface SweepTimer {
  readonly isPastDue: boolean;
  readonly nextMs: number;
}

/** The sweep is due every night at two. */
export const SWEEP_PERIOD_MS = 24 * 3_600_000;
/** The night of a run. */
export const NIGHT_MS = Date.UTC(2026, 10, 22, 2);

export const sweepDueMs = (atMs: number): number =>
  NIGHT_MS + Math.floor((atMs - NIGHT_MS) / SWEEP_PERIOD_MS) * SWEEP_PERIOD_MS;

/** Of the 75 slots: a few customers decide. */
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
  const maxPastDueMs = choices.among([60, 5], 0.6) * 60_000;
  return {
    include: include[by],
    maxCustomers: choices.among([customers, 0, 1, 2], 0.7),
    ...(choices.chance(0.2) && { belowFreeSlots: ALMOST_ALL_FREE - choices.between(0, 1) }),
    graceMs: choices.among([10, 60, 0], 0.5) * 60_000,
    spacingMs: choices.between(0, 2) * 2_000,
    maxPastDueMs,
    clock: nightClock(maxPastDueMs, choices),
    listsOddId: choices.chance(0.2),
    fires: choices.between(1, 2),
    protectedMeanwhile: places
      .filter(() => choices.chance(0.15))
      .map((place) => shieldOf(place, choices)),
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
