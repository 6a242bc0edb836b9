import { type Check, checksMade } from '../model/check.ts';
import type { TeardownMode } from '../model/mode.ts';

/** Which check of a teardown it is. */
type WhichCheck = Pick<Check, 'attempt' | 'rateLimited' | 'begun'>;

/**
 * Later checks take turns, so that each sees to what the others leave out and none reads more than three lists; a fourth
 * one only where a plan may be suspended next.
 */
export interface ReadRotation {
  /** Either the entitlements are read, or the Azure subscriptions of one plan. */
  readonly entitlements: boolean;
  /** The place of that plan among the active ones, counted round and round. */
  readonly plan: number;
}

/** Checks, of which every other one is an Azure plan's, before it is the next plan's turn. */
const CHECKS_PER_PLAN = 4;

/** Whose turn a check is; undefined where it reads all: the first one, and a plan on paper. */
export function rotationOf(check: WhichCheck, mode: TeardownMode): ReadRotation | undefined {
  if (!check.begun || mode !== 'enforce') return undefined;
  const made = checksMade(check);
  return { entitlements: made % 2 === 0, plan: Math.floor(made / CHECKS_PER_PLAN) };
}
