import { isSameDomain } from '../../shared/domain.ts';
import { type Skipped, skipped } from '../model/outcome.ts';
import type { Guard } from './guard.ts';

/** Guard 5: the customer has the domain that the request names. */
export const expectedDomain: Guard = async ({ request }, facts) => {
  if (request.expectedDomain === undefined) return undefined;
  return differsFrom(request.expectedDomain, (await facts.customer()).domain);
};

/** The outcome where the domain is not the expected one; undefined where it is, or none is expected. */
export function differsFrom(
  expected: string | undefined,
  domain: string | undefined,
): Skipped | undefined {
  if (expected === undefined || isSameDomain(domain, expected)) return undefined;
  return skipped(
    'unexpected-domain',
    `The request expects the domain ${expected}, but the customer has ${domain ?? 'none that can be read'}.`,
  );
}
