import type { Guard } from './guard.ts';

/** Guard 5: the customer has the domain that the request names. */
export const expectedDomain: Guard = async ({ request }, facts) => {
  if (request.expectedDomain === undefined) return undefined;
  const { domain } = await facts.customer();
  return domain?.toLowerCase() === request.expectedDomain
    ? undefined
    : {
        kind: 'skipped',
        reason: 'unexpected-domain',
        explanation: `The request expects the domain ${request.expectedDomain}, but the customer has ${domain ?? 'none that can be read'}.`,
      };
};
