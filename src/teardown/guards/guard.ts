import type { Inventory } from '../inventory/inventory.ts';
import type { Check } from '../model/check.ts';
import type { TeardownMode } from '../model/mode.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Protection } from '../model/protection.ts';
import type { Customer } from '../model/purchases.ts';
import type { SweepRules } from '../model/sweep-rules.ts';

/**
 * The facts that guards ask for; each is read at most once in a check, when it is first needed. What has to be read
 * throws a PartnerCenterError without a good answer.
 */
export interface Facts {
  readonly nowMs: number;
  readonly mode: TeardownMode;
  readonly protections: readonly Protection[];
  /** The customers that a sweep may request now; absent: none. */
  readonly sweepRules?: SweepRules | undefined;
  sandboxObjection(): Promise<string | undefined>;
  /** As it is in Partner Center now, whatever the check carries. */
  customer(): Promise<Customer>;
  inventory(): Promise<Inventory>;
}

/**
 * Undefined: go on. An outcome: the teardown ends here, and nothing is written.
 *
 * @throws PartnerCenterError where a fact cannot be read
 */
export type Guard = (check: Check, facts: Facts) => Promise<Outcome | undefined>;
