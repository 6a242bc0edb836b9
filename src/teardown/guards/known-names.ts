import { defined } from '../../shared/defined.ts';
import { protectionOf } from '../model/protection.ts';
import { differsFrom } from './expected-domain.ts';
import type { Guard } from './guard.ts';
import { protectedBy } from './not-protected.ts';

/**
 * The customer's id and domain as the check carries them. They may stop a teardown but never let one go on, because the
 * customer is read afresh before a write. Costs no request.
 */
export const knownNames: Guard = async ({ request, domain }, { protections, nowMs }) => {
  const id = request.customerTenantId;
  const rules =
    domain === undefined ? protections.filter(({ customer }) => customer === id) : protections;
  const protection = protectionOf(defined({ id, domain }), rules, nowMs);
  if (protection !== undefined) return protectedBy(protection);
  return domain === undefined ? undefined : differsFrom(request.expectedDomain, domain);
};
