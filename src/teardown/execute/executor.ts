import type { Inventory } from '../inventory/inventory.ts';
import type { Call } from '../model/call.ts';
import type { Check } from '../model/check.ts';
import type { Outcome } from '../model/outcome.ts';
import type { PartnerCenterError } from '../model/partner-center-error.ts';
import type { Decision } from '../release/decide.ts';

/** Another check is needed: the release is under way, or the deletion is still to be made. */
export interface Requeue {
  readonly kind: 'requeue';
  /** The error that kept it from being finished. */
  readonly refused?: PartnerCenterError;
  /** There was more to do than one check may, so the next one need not wait. */
  readonly isUnfinished?: true;
}

/** The context of a check's calls. Collects what later checks have to know of them, even if an error ends the check. */
export interface CheckContext {
  /**
   * Asks all guards again before the first write; undefined where all pass.
   *
   * @throws PartnerCenterError where a guard gets no answer
   */
  objection(): Promise<Outcome | undefined>;
  /** Notes a call that was accepted, and whose effect takes a while. */
  accepted(call: Call): void;
  /** Notes a call that was made. */
  written(call: string): void;
}

/**
 * Carries out a decision, for real or as a dry run.
 *
 * @throws PartnerCenterError where an answer ends the check
 */
export type Executor = (
  check: Check,
  inventory: Inventory,
  decision: Decision,
  context: CheckContext,
) => Promise<Outcome | Requeue>;
