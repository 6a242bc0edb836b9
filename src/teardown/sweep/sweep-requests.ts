import { asciiDomain } from '../domain.ts';
import { durationText } from '../duration.ts';
import type { Look } from '../look.ts';
import type { TeardownMode } from '../mode.ts';
import type { Customer } from '../purchases.ts';
import type { TeardownRequest } from '../request.ts';

/** Every request of a sweep carries who asked for it. */
const REQUESTED_BY = 'nightlySweep';

/**
 * What a sweep asks for: the customer that it announced and no other that has its id by then, nobody who is at work with
 * it, and no more than the deployment allowed when it was announced.
 */
export function sweepRequest(
  { id, domain }: Customer,
  { mode, minIdleMs }: { readonly mode: TeardownMode; readonly minIdleMs: number },
): TeardownRequest {
  const expectedDomain = domain === undefined ? undefined : asciiDomain(domain);
  return {
    customerTenantId: id,
    requestedBy: REQUESTED_BY,
    ...(expectedDomain !== undefined && { expectedDomain }),
    minIdle: durationText(minIdleMs),
    ...(mode !== 'enforce' && { dryRun: true }),
  };
}

/** Whether a sweep asked for this. Names prove nothing; whoever takes these is only asked for more. */
export function isOfASweep({ teardownId, request }: Look): boolean {
  return teardownId.startsWith('sweep-') && request.requestedBy === REQUESTED_BY;
}
