import { isMeant } from './protection.ts';
import type { Customer } from './purchases.ts';

/** What the nightly pass may ask for. */
export interface SweepRules {
  /** Customer tenant ids and domain patterns; without any there is no sweep. */
  readonly include: readonly string[];
  /** More matches than this and nothing is requested; 0 means none. */
  readonly maxCustomers: number;
  /** Only when fewer of the sandbox's slots than this are free; absent: every night. */
  readonly belowFreeSlots?: number;
}

/** Fails closed: a domain rule takes in no customer whose domain is not known. */
export function isIncluded(customer: Customer, { include }: Pick<SweepRules, 'include'>): boolean {
  return include.some((rule) => isMeant(rule, customer) === true);
}
