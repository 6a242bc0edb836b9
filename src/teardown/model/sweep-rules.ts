import { matchesRule } from './protection.ts';
import type { Customer } from './purchases.ts';

/** What the nightly sweep may request. */
export interface SweepRules {
  /** Tenant ids and domain patterns; without any there is no sweep. */
  readonly include: readonly string[];
  /** With more matches than this, nothing is requested; 0 means none. */
  readonly maxCustomers: number;
  /** Sweeps only while fewer slots than this are free; absent: every night. */
  readonly belowFreeSlots?: number;
}

/** Fails closed: a domain rule includes no customer whose domain is unknown. */
export function isIncluded(customer: Customer, { include }: Pick<SweepRules, 'include'>): boolean {
  return include.some((rule) => matchesRule(rule, customer) === true);
}
