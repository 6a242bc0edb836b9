import type { Inventory } from '../inventory/inventory.ts';
import type { Call } from '../model/call.ts';
import type { Check } from '../model/check.ts';
import type { Outcome } from '../model/outcome.ts';
import type { PartnerCenterError } from '../model/partner-center-error.ts';
import type { Decision } from '../release/decide.ts';

/** Come back: the release is under way; a deletion that was not made has nothing to wait for. */
export interface Requeue {
  readonly kind: 'requeue';
  /** What kept it from being done now. */
  readonly refused?: PartnerCenterError;
  /** There was more to do than one check may; nothing has to be waited for. */
  readonly isUnfinished?: true;
}

/** What surrounds the calls of a check, and what later checks have to know of them, also where one of them ends it. */
export interface Course {
  /** Asks all guards, afresh: what they object to the first write. */
  objection(): Promise<Outcome | undefined>;
  /** A call was accepted whose effect takes its time. */
  accepted(call: Call): void;
  /** A call was made. */
  written(call: string): void;
}

/** Carries out a decision, for real or as a dry run. Throws {@link PartnerCenterError} where an answer ends the check. */
export type Executor = (
  check: Check,
  inventory: Inventory,
  decision: Decision,
  course: Course,
) => Promise<Outcome | Requeue>;
