import { type Check, checksMade } from '../model/check.ts';
import type { TeardownMode } from '../model/mode.ts';

/** What identifies a check within its teardown. */
type WhichCheck = Pick<Check, 'attempt' | 'rateLimited' | 'begun'>;

/**
 * Later checks take turns, so that each reads what the others leave out, and none reads more than three lists, or four
 * where a plan may be suspended next.
 */
export interface ReadRotation {
  /** Either the entitlements are read, or the Azure subscriptions of one plan. */
  readonly entitlements: boolean;
  /** The index of that plan among the active ones, modulo their number. */
  readonly plan: number;
}

/** The number of checks until the next plan's turn; every other one is an Azure plan's. */
const CHECKS_PER_PLAN = 4;

/** What a check reads in its turn; undefined where it reads everything: the first one, and a dry run. */
export function rotationOf(check: WhichCheck, mode: TeardownMode): ReadRotation | undefined {
  if (!check.begun || mode !== 'enforce') return undefined;
  const made = checksMade(check);
  return { entitlements: made % 2 === 0, plan: Math.floor(made / CHECKS_PER_PLAN) };
}
