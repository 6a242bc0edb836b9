import { fingerprintOf } from '../fingerprint.ts';
import type { Guard } from './guard.ts';

/**
 * Guard 7: the customer is as it was when its plan was reviewed. Asked only before the teardown's own
 * first write, which changes it.
 */
export const unchanged: Guard = async ({ request, begun }, facts) => {
  if (request.ifUnchanged === undefined || begun) return undefined;
  const today = fingerprintOf(await facts.inventory());
  return today === request.ifUnchanged
    ? undefined
    : {
        kind: 'skipped',
        reason: 'changed',
        explanation: `The customer is not what was reviewed: its fingerprint is ${today}, the request allows ${request.ifUnchanged}.`,
      };
};
