import { defined } from '../../shared/defined.ts';
import { protectionOf } from '../model/protection.ts';
import { differsFrom } from './expected-domain.ts';
import type { Guard } from './guard.ts';
import { protectedBy } from './not-protected.ts';

/**
 * What a check carries of its customer, its id and its domain, may stop a teardown, and never lets one go on: before
 * a write the customer is read afresh. Costs no request.
 */
export const knownNames: Guard = async ({ request, domain }, { protections, nowMs }) => {
  const id = request.customerTenantId;
  const rules =
    domain === undefined ? protections.filter(({ customer }) => customer === id) : protections;
  const protection = protectionOf(defined({ id, domain }), rules, nowMs);
  if (protection !== undefined) return protectedBy(protection);
  return domain === undefined ? undefined : differsFrom(request.expectedDomain, domain);
};
