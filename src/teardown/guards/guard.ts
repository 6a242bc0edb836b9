import type { Inventory } from '../inventory/inventory.ts';
import type { Check } from '../model/check.ts';
import type { TeardownMode } from '../model/mode.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Protection } from '../model/protection.ts';
import type { Customer } from '../model/purchases.ts';
import type { SweepRules } from '../model/sweep-rules.ts';

/** What the guards ask of the world; each fact is read at most once a check, when first asked. */
export interface Facts {
  readonly nowMs: number;
  readonly mode: TeardownMode;
  readonly protections: readonly Protection[];
  /** Whom a sweep may ask for now; absent: nobody. */
  readonly sweepRules?: SweepRules | undefined;
  sandboxObjection(): Promise<string | undefined>;
  /** As Partner Center has it now, whatever the check says of it. */
  customer(): Promise<Customer>;
  inventory(): Promise<Inventory>;
}

/** Undefined: go on. An outcome: the teardown ends here and nothing is written. */
export type Guard = (check: Check, facts: Facts) => Promise<Outcome | undefined>;
