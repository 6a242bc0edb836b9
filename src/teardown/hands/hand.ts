import type { Inventory } from '../inventory.ts';
import type { Look } from '../look.ts';
import type { Outcome } from '../outcome.ts';
import type { PartnerCenterRefusal } from '../refusal.ts';
import type { Decision } from '../release/decide.ts';

/** A decision that leads to calls: everything but `impossible`. */
export type Todo = Extract<Decision, { kind: 'delete' | 'release' }>;

/** Come back: the release is under way; a deletion that was not made has nothing to wait for. */
export interface LookAgain {
  readonly kind: 'look-again';
  /** What kept it from being done now. */
  readonly refused?: PartnerCenterRefusal;
}

/**
 * Carries a decision out: for real, or only on paper. Throws `PartnerCenterRefusal` where an answer
 * ends this look.
 */
export type Hand = (look: Look, inventory: Inventory, todo: Todo) => Promise<Outcome | LookAgain>;
