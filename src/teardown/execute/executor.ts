import type { Inventory } from '../inventory/inventory.ts';
import type { Look } from '../model/check.ts';
import type { Outcome } from '../model/outcome.ts';
import type { PartnerCenterRefusal } from '../model/partner-center-error.ts';
import type { Decision } from '../release/decide.ts';

/** Come back: the release is under way; a deletion that was not made has nothing to wait for. */
export interface LookAgain {
  readonly kind: 'look-again';
  /** What kept it from being done now. */
  readonly refused?: PartnerCenterRefusal;
  /** There was more to do than one look may; nothing has to be waited for. */
  readonly isUnfinished?: true;
}

/** What surrounds the calls of a look, and what later looks have to know of them, also where one of them ends it. */
export interface Course {
  /** Asks all guards, afresh: what they object to the first write. */
  objection(): Promise<Outcome | undefined>;
  /** A call was accepted whose effect takes its time, under the id of what it ends. */
  accepted(id: string): void;
  /** A call was made. */
  written(call: string): void;
}

/**
 * Carries a decision out: for real, or only on paper. Throws `PartnerCenterRefusal` where an answer
 * ends this look.
 */
export type Hand = (
  look: Look,
  inventory: Inventory,
  decision: Decision,
  course: Course,
) => Promise<Outcome | LookAgain>;
