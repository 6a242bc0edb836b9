import { fingerprintOf } from '../fingerprint.ts';
import type { Guard } from './guard.ts';

/**
 * Guard 7: the customer is as it was when its plan was reviewed. Asked only before the teardown's own
 * first write, which changes it; what an earlier look has found is not asked again.
 */
export const unchanged: Guard = async ({ request, begun, changed }, facts) => {
  if (request.ifUnchanged === undefined || begun) return undefined;
  const today = changed ?? fingerprintOf(await facts.inventory());
  return today === request.ifUnchanged
    ? undefined
    : {
        kind: 'skipped',
        reason: 'changed',
        explanation: `The customer is not what was reviewed: its fingerprint is ${today}, the request allows ${request.ifUnchanged}.`,
      };
};
