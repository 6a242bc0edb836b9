import { type Look, looksMade } from '../model/check.ts';
import type { TeardownMode } from '../model/mode.ts';

/** Which look of a teardown it is. */
type WhichLook = Pick<Look, 'attempt' | 'held' | 'begun'>;

/**
 * Later looks take turns, so that each sees to what the others leave out and none reads more than three lists; a fourth
 * one only where a plan may be suspended next.
 */
export interface Turn {
  /** Either the entitlements are read, or the Azure subscriptions of one plan. */
  readonly entitlements: boolean;
  /** The place of that plan among the active ones, counted round and round. */
  readonly plan: number;
}

/** Looks, of which every other one is an Azure plan's, before it is the next plan's turn. */
const LOOKS_A_PLAN = 4;

/** Whose turn a look is; undefined where it reads all: the first one, and a plan on paper. */
export function turnOf(look: WhichLook, mode: TeardownMode): Turn | undefined {
  if (!look.begun || mode !== 'enforce') return undefined;
  const made = looksMade(look);
  return { entitlements: made % 2 === 0, plan: Math.floor(made / LOOKS_A_PLAN) };
}
