import { classifyError } from '../errors/classify-error.ts';
import type { Facts } from '../guards/guard.ts';
import { firstRejection, guardsOfAnyCheck } from '../guards/guards.ts';
import type { Check } from '../model/check.ts';
import type { DeadLetterCause } from '../model/dead-letter-cause.ts';
import type { Outcome, Parked } from '../model/outcome.ts';
import { asPartnerCenterError } from '../model/partner-center-error.ts';
import { adviceFor } from '../model/reasons.ts';
import { sayingWhatWasWritten } from '../model/written-calls.ts';
import { alreadyGone } from './handle-api-error.ts';

/**
 * The last check of a teardown whose message became a dead letter. It writes nothing, and only reads whether the
 * customer still exists: the check that failed may have deleted it before it could report that.
 */
export async function finishDeadLettered(
  check: Check,
  cause: DeadLetterCause,
  facts: Facts,
): Promise<Outcome> {
  const gone = check.begun && (await isGone(check, facts));
  return sayingWhatWasWritten(gone ? alreadyGone : deadLettered(cause), check.written);
}

/**
 * To the credentials of another account every customer looks gone, so the guards of any check come first: one of them
 * proves that this is the sandbox.
 */
async function isGone(check: Check, facts: Facts): Promise<boolean> {
  try {
    if ((await firstRejection(check, facts, guardsOfAnyCheck)) !== undefined) return false;
    await facts.customer();
    return false;
  } catch (error) {
    const { response } = asPartnerCenterError(error);
    return (
      response.operation === 'get-customer' && classifyError(response).kind === 'customer-gone'
    );
  }
}

/** The outcome of a teardown whose message became a dead letter. */
export function deadLettered({ reason, description }: DeadLetterCause): Parked {
  const why = [reason, description].filter((text) => text !== undefined).join(': ');
  return {
    kind: 'parked',
    explanation: `Service Bus gave up on a message of this teardown (${why || 'no reason was given'}).`,
    ...adviceFor('dead-lettered'),
  };
}
