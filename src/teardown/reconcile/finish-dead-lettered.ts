import { meaningOf } from '../errors/classify-error.ts';
import { NEXT_STEPS } from '../errors/next-steps.ts';
import type { SandboxProof } from '../guards/sandbox-proof.ts';
import type { Look } from '../model/check.ts';
import type { DeadLetterCause } from '../model/dead-letter-cause.ts';
import type { Outcome, Parked } from '../model/outcome.ts';
import type { PartnerCenterReader } from '../model/partner-center.ts';
import { PartnerCenterRefusal } from '../model/partner-center-error.ts';
import { alreadyGone } from './handle-api-error.ts';

/**
 * The last look of a teardown whose message became a dead letter. It writes nothing, and reads only whether
 * the customer is still there: the dead message may have deleted it without getting to say so.
 */
export async function giveUp(
  look: Look,
  cause: DeadLetterCause,
  reader: PartnerCenterReader,
  proveSandbox: SandboxProof,
): Promise<Outcome> {
  const gone = look.begun && (await isGone(look, reader, proveSandbox));
  return gone ? alreadyGone : deadLettered(cause);
}

/** To another account's credentials every customer looks gone: first it is proven that these are the sandbox's. */
async function isGone(
  { request }: Look,
  reader: PartnerCenterReader,
  proveSandbox: SandboxProof,
): Promise<boolean> {
  try {
    if ((await proveSandbox(reader)) !== undefined) return false;
    await reader.getCustomer(request.customerTenantId);
    return false;
  } catch (error) {
    if (!(error instanceof PartnerCenterRefusal)) throw error;
    const { operation } = error.answer;
    return operation === 'get-customer' && meaningOf(error.answer).kind === 'customer-gone';
  }
}

/** The outcome of a teardown that cannot go on because its message cannot be handled. */
export function deadLettered({ reason, description }: DeadLetterCause): Parked {
  const why = [reason, description].filter((text) => text !== undefined).join(': ');
  return {
    kind: 'parked',
    reason: 'dead-lettered',
    explanation: `Service Bus gave up on a message of this teardown (${why || 'no reason was given'}).`,
    nextStep: NEXT_STEPS['dead-lettered'],
  };
}
