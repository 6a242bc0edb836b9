import { defined } from '../../shared/defined.ts';
import { asciiDomain } from '../../shared/domain.ts';
import { durationText } from '../../shared/duration.ts';
import type { TeardownMode } from '../model/mode.ts';
import type { Customer } from '../model/purchases.ts';
import { SWEEP_REQUESTED_BY, type TeardownRequest } from '../model/request.ts';

/**
 * The request of a sweep: for the customer that it announced (by its domain too), only while that is idle, and in the
 * mode that the deployment had at the announcement.
 */
export function sweepRequest(
  { id, domain }: Customer,
  { mode, minIdleMs }: { readonly mode: TeardownMode; readonly minIdleMs: number },
): TeardownRequest {
  return defined({
    customerTenantId: id,
    requestedBy: SWEEP_REQUESTED_BY,
    expectedDomain: domain === undefined ? undefined : asciiDomain(domain),
    minIdle: durationText(minIdleMs),
    dryRun: mode === 'enforce' ? undefined : true,
  });
}
