import type { Reply } from './answer.ts';
import { sameText } from './input.ts';
import type { Customer } from './model.ts';
import { partnerDomain } from './partner-profiles.ts';
import type { DeletedCustomer } from './state.ts';

/** Whether customers, or the partner itself, have this domain. */
export function hasDomain(
  domain: string,
  tenantId: string,
  customers: Iterable<Customer>,
  deleted: readonly DeletedCustomer[],
  deletedDomains: 'free' | 'taken',
): boolean {
  const taken = [
    partnerDomain(tenantId),
    ...[...customers].map((customer) => customer.domain),
    ...(deletedDomains === 'taken' ? deleted.map((customer) => customer.domain) : []),
  ];
  return taken.some((one) => sameText(one, domain));
}

/** HEAD domain: article verify-domain-availability, 200 is taken and 404 is free; neither has a body. */
export const domainReply = (isTaken: boolean): Reply => ({ status: isTaken ? 200 : 404 });
