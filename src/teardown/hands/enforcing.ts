import { meaningOf } from '../answers/meaning-of.ts';
import { type Call, describeCall, orderIdsOfCall, perform } from '../call.ts';
import type { Inventory } from '../inventory.ts';
import type { Log } from '../log.ts';
import type { PartnerCenterWriter } from '../partner-center.ts';
import { PartnerCenterRefusal } from '../refusal.ts';
import { isSubscriptionReleased } from '../release/is-released.ts';
import { releaseOf } from '../release/strategies.ts';
import type { Hand } from './hand.ts';

/** Writing calls in one look; what is left waits for the next one, so that no invocation runs long. */
export const MOST_CALLS_A_LOOK = 25;

/**
 * Makes the calls for real, one after the other. Deletes only in a look that has begun as a check: the
 * request's own look cancels, and leaves the deletion to a fresh reading.
 */
export function enforcing(writer: PartnerCenterWriter, log: Log): Hand {
  return async (look, inventory, todo) => {
    if (todo.kind === 'release') {
      for (const call of todo.now.slice(0, MOST_CALLS_A_LOOK)) {
        await write(writer, inventory, call, log);
      }
      return { kind: 'look-again', atOnce: false };
    }
    if (!look.begun) return { kind: 'look-again', atOnce: true };
    await writeOnce(writer, inventory, { kind: 'delete-customer' }, log);
    return {
      kind: 'deleted',
      reason: 'released',
      explanation: 'Everything the customer bought was released, and the customer was deleted.',
    };
  };
}

/** Makes a call; where the order path is refused for this product, ends its subscriptions instead. */
async function write(
  writer: PartnerCenterWriter,
  inventory: Inventory,
  call: Call,
  log: Log,
): Promise<void> {
  try {
    await writeOnce(writer, inventory, call, log);
  } catch (error) {
    if (!(error instanceof PartnerCenterRefusal)) throw error;
    const meaning = meaningOf(error.answer).kind;
    if (meaning === 'already-released') return;
    if (meaning !== 'use-subscriptions') throw error;
    const instead = orderIdsOfCall(call).flatMap((id) => subscriptionCallsFor(id, inventory));
    if (instead.length === 0) throw error;
    for (const each of instead) await writeOnce(writer, inventory, each, log);
  }
}

/** One log line says what is about to be written, one says how it went. */
async function writeOnce(
  writer: PartnerCenterWriter,
  { customer }: Inventory,
  call: Call,
  log: Log,
): Promise<void> {
  const what = describeCall(customer.id, call);
  log.info('about to write', { call: what });
  try {
    await perform(writer, customer.id, call);
    log.info('written', { call: what });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    log.warn('not written', { call: what, why });
    if (!(error instanceof PartnerCenterRefusal)) throw error;
    throw new PartnerCenterRefusal({ ...error.answer, orderIds: orderIdsOfCall(call) });
  }
}

/** The first step of each: what must wait for its effect is for a later look. */
function subscriptionCallsFor(
  orderId: string,
  { subscriptions, azureEntitlements }: Inventory,
): readonly Call[] {
  return subscriptions
    .filter((subscription) => subscription.orderId === orderId)
    .map((subscription) => ({
      subscription,
      azureEntitlements: azureEntitlements.filter(({ planId }) => planId === subscription.id),
    }))
    .filter((purchase) => !isSubscriptionReleased(purchase))
    .flatMap((purchase) => releaseOf(purchase).steps.slice(0, 1).flat());
}
