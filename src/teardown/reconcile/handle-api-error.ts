import { classifyError } from '../errors/classify-error.ts';
import type { ErrorAction, Park } from '../errors/error-action.ts';
import { isSettled } from '../inventory/listing-lag.ts';
import type { Check, Progress } from '../model/check.ts';
import type { Outcome } from '../model/outcome.ts';
import type { PartnerCenterReader } from '../model/partner-center.ts';
import {
  asPartnerCenterError,
  type ErrorResponse,
  PartnerCenterError,
} from '../model/partner-center-error.ts';
import { REJECTED_REASONS } from '../model/reasons.ts';
import { describeAges } from '../release/describe-ages.ts';
import { evidenceIn, finish, type Result, requeueNow } from './result.ts';
import { requeueAfter, type Timing } from './retry-policy.ts';

/** The result of a check that an error response ended. */
export async function handleApiError(
  response: ErrorResponse,
  check: Check,
  deps: Timing & { readonly reader: PartnerCenterReader },
  progress: Progress,
): Promise<Result> {
  const action = classifyError(response);
  const why = new PartnerCenterError(response).message;
  const park = parkOf(action);
  if (park !== undefined && (!park.onceSettled || isSettled(check.startedMs, deps.nowMs))) {
    const { reason, nextStep, isAboutAge, unlessGone } = park;
    const unread = unlessGone ? await errorOfCustomer(check, deps) : undefined;
    if (unread !== undefined) return handleApiError(unread, check, deps, progress);
    const ages = isAboutAge && response.ages ? describeAges(response.ages, deps.nowMs) : [];
    const explanation = [why, ...ages, ...(response.hints ?? [])].join(' ');
    return finish({ kind: 'parked', reason, explanation, nextStep, ...evidenceIn(response) });
  }
  if (action.kind !== 'customer-gone')
    return requeueAfter(check, deps, progress, why, { response });
  if (response.operation === 'get-customer') return afterNoCustomer(check, progress, why);
  if (!progress.begun) return requeueAfter(check, deps, progress, why, { response });
  // An outcome `deleted` must be true: what another call says is confirmed by reading the customer itself.
  const unread = await errorOfCustomer(check, deps);
  return unread === undefined
    ? requeueAfter(check, deps, progress, why, { response })
    : handleApiError(unread, check, deps, progress);
}

/** The error response for the customer itself; undefined where it exists. */
async function errorOfCustomer(
  { request }: Check,
  { reader }: { readonly reader: PartnerCenterReader },
): Promise<ErrorResponse | undefined> {
  try {
    await reader.getCustomer(request.customerTenantId);
    return undefined;
  } catch (error) {
    return asPartnerCenterError(error).response;
  }
}

/** How this action parks the teardown, if it does; also where the alternative call of an action was not possible. */
function parkOf(action: ErrorAction): Park | undefined {
  if (action.kind === 'park') return action;
  return 'otherwise' in action ? action.otherwise : undefined;
}

/**
 * A message may be processed twice at once, if its lock is lost. One of the two may then miss a customer that the next
 * check of the other has deleted. So the first check never reports that there is no such customer. The next check does,
 * and is dropped as a duplicate where the teardown has gone on.
 */
function afterNoCustomer(check: Check, progress: Progress, why: string): Result {
  if (progress.begun) return finish(alreadyGone);
  return check.missing
    ? finish(unknownCustomer(check.request.customerTenantId))
    : requeueNow({ ...progress, missing: true }, why);
}

export const alreadyGone: Outcome = {
  kind: 'deleted',
  reason: 'already-gone',
  explanation:
    'The customer is gone: an earlier call of this teardown, or someone else, deleted it.',
};

function unknownCustomer(customerTenantId: string): Outcome {
  return {
    kind: 'rejected',
    reason: 'unknown-customer',
    explanation: `The sandbox has no customer ${customerTenantId}.`,
    nextStep: REJECTED_REASONS['unknown-customer'].nextStep,
  };
}
