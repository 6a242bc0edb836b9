import type { Inventory } from '../inventory.ts';
import type { Look } from '../look.ts';
import type { Outcome } from '../outcome.ts';
import type { PartnerCenterRefusal } from '../refusal.ts';
import type { Decision } from '../release/decide.ts';

/** Come back: the release is under way; a deletion that was not made has nothing to wait for. */
export interface LookAgain {
  readonly kind: 'look-again';
  /** What kept it from being done now. */
  readonly refused?: PartnerCenterRefusal;
  /** Calls are left that nothing keeps from being made at once. */
  readonly isUnfinished?: true;
}

/** What later looks have to know of the calls of this one, also where one of them ends it. */
export interface Notes {
  /** A call was accepted whose effect takes its time, under the id of what it ends. */
  accepted(id: string): void;
}

/**
 * Carries a decision out: for real, or only on paper. Throws `PartnerCenterRefusal` where an answer
 * ends this look.
 */
export type Hand = (
  look: Look,
  inventory: Inventory,
  decision: Decision,
  notes: Notes,
) => Promise<Outcome | LookAgain>;
