import { MOST_SANDBOX_CUSTOMERS } from '../guards/sandbox-proof.ts';
import { isMeant, type Protection, protectionOf } from '../protection.ts';
import type { Customer } from '../purchases.ts';

/** What the nightly pass may ask for. */
export interface SweepRules {
  /** Customer tenant ids and domain patterns; without any there is no sweep. */
  readonly include: readonly string[];
  /** More matches than this and nothing is requested; 0 means none. */
  readonly mostCustomers: number;
  /** Only when fewer of the sandbox's places than this are free; absent: every night. */
  readonly whenFewerFreeThan?: number;
}

export type SweepPlan =
  | {
      readonly kind: 'requested';
      readonly customers: readonly Customer[];
      readonly explanation: string;
    }
  | { readonly kind: 'refused'; readonly reason: SweepRefusal; readonly explanation: string };

export type SweepRefusal =
  | 'switched-off'
  | 'no-rules'
  | 'not-a-sandbox'
  | 'no-answer'
  | 'enough-places-free'
  | 'too-many-matches';

/** Without rules there is nothing to ask anybody for. */
export const noRules: SweepPlan = {
  kind: 'refused',
  reason: 'no-rules',
  explanation: 'SWEEP_INCLUDE names no customer and no domain, so there is no sweep.',
};

/** Which customers tonight's sweep requests, or why it requests none. Pure. */
export function planSweep(
  customers: readonly Customer[],
  rules: SweepRules,
  protections: readonly Protection[],
  nowMs: number,
): SweepPlan {
  if (rules.include.length === 0) return noRules;
  const free = MOST_SANDBOX_CUSTOMERS - customers.length;
  const { whenFewerFreeThan = Number.POSITIVE_INFINITY } = rules;
  if (free >= whenFewerFreeThan) {
    return refuse(
      'enough-places-free',
      `${free} of ${MOST_SANDBOX_CUSTOMERS} places are free, and the sweep only runs below ${whenFewerFreeThan}.`,
    );
  }
  const matches = customers.filter(
    (customer) =>
      rules.include.some((rule) => isMeant(rule, customer) === true) &&
      protectionOf(customer, protections, nowMs) === undefined,
  );
  if (matches.length > rules.mostCustomers) {
    return refuse(
      'too-many-matches',
      `${matches.length} customers match, more than SWEEP_MOST_CUSTOMERS (${rules.mostCustomers}), so nothing was requested.`,
    );
  }
  return {
    kind: 'requested',
    customers: matches,
    explanation: `${matches.length} of ${customers.length} customers were requested.`,
  };
}

function refuse(reason: SweepRefusal, explanation: string): SweepPlan {
  return { kind: 'refused', reason, explanation };
}
