import { isGuid } from '../../shared/guid.ts';
import { matchesRule, type Protection, protectionOf } from '../model/protection.ts';
import type { Customer } from '../model/purchases.ts';
import type { SweepRefusedReason } from '../model/reasons.ts';
import { MAX_SANDBOX_CUSTOMERS } from '../model/sandbox.ts';
import type { LeftOut } from '../model/sweep-event.ts';
import { isIncluded, type SweepRules } from '../model/sweep-rules.ts';

export type SweepPlan =
  | {
      readonly kind: 'requested';
      readonly customers: readonly Customer[];
      readonly leftOut: readonly LeftOut[];
      /** The number of all customers of the account. */
      readonly listed: number;
    }
  | { readonly kind: 'refused'; readonly reason: SweepRefusedReason; readonly explanation: string };

/** The limit for the reason of one customer in an event. */
const MAX_WHY_LENGTH = 300;

/** The plan without any rules. */
export const noRules: SweepPlan = {
  kind: 'refused',
  reason: 'no-rules',
  explanation: 'SWEEP_INCLUDE names no customer and no domain, so there is no sweep.',
};

/** Decides which customers a sweep requests, or why it requests none. Pure. */
export function planSweep(
  customers: readonly Customer[],
  rules: SweepRules,
  protections: readonly Protection[],
  nowMs: number,
): SweepPlan {
  if (rules.include.length === 0) return noRules;
  const free = MAX_SANDBOX_CUSTOMERS - customers.length;
  const { belowFreeSlots = Number.POSITIVE_INFINITY } = rules;
  if (free >= belowFreeSlots) {
    return refuse(
      'enough-slots-free',
      `${free} of ${MAX_SANDBOX_CUSTOMERS} slots are free, and the sweep only runs below ${belowFreeSlots}.`,
    );
  }
  const leftOut = customers.flatMap(
    (customer) => objectionTo(customer, rules, protections, nowMs) ?? [],
  );
  const matches = customers.filter(
    (customer) =>
      isIncluded(customer, rules) && leftOut.every((each) => each.customer !== customer),
  );
  if (matches.length > rules.maxCustomers) {
    return refuse(
      'too-many-matches',
      `${matches.length} customers match, more than SWEEP_MAX_CUSTOMERS (${rules.maxCustomers}), so nothing was requested.`,
    );
  }
  return { kind: 'requested', customers: matches, leftOut, listed: customers.length };
}

/** Why a customer is left out that the rules include, or would include if its domain were known. */
function objectionTo(
  customer: Customer,
  { include }: SweepRules,
  protections: readonly Protection[],
  nowMs: number,
): LeftOut | undefined {
  const verdicts = include.map((rule) => matchesRule(rule, customer));
  if (verdicts.every((verdict) => verdict === false)) return undefined;
  const protection = protectionOf(customer, protections, nowMs);
  if (protection !== undefined) {
    const why = `Protected by ${protection.owner} (rule "${protection.customer}").`;
    return { customer, reason: 'protected', why: why.slice(0, MAX_WHY_LENGTH) };
  }
  if (!verdicts.includes(true)) {
    const why = 'Its domain is unknown, so no rule by domain includes it.';
    return { customer, reason: 'domain-unknown', why };
  }
  if (isGuid(customer.id)) return undefined;
  const why = 'Its id is not a GUID, so no request can name it: delete it in Partner Center.';
  return { customer, reason: 'id-no-guid', why };
}

function refuse(reason: SweepRefusedReason, explanation: string): SweepPlan {
  return { kind: 'refused', reason, explanation };
}
