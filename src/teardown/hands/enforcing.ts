import { meaningOf } from '../answers/meaning-of.ts';
import { type Call, describeCall, orderIdsOfCall, perform } from '../call.ts';
import type { Inventory } from '../inventory.ts';
import type { Log } from '../log.ts';
import type { Look } from '../look.ts';
import type { PartnerCenterWriter } from '../partner-center.ts';
import { PartnerCenterRefusal } from '../refusal.ts';
import { addOnsFirst } from '../release/add-ons-first.ts';
import { isUnread } from '../release/decide.ts';
import { isSubscriptionReleased } from '../release/is-released.ts';
import { purchasesOf } from '../release/purchases-of.ts';
import { releaseOf } from '../release/strategies.ts';
import { repeatsAzureCancellations } from '../turns.ts';
import type { Hand } from './hand.ts';
import { makeAll } from './make-all.ts';

/** Writing calls in one look; what is left waits for the next one, so that no invocation runs long. */
export const MOST_CALLS_A_LOOK = 25;

/**
 * Makes the calls for real, one after the other. Deletes only in a look that has begun as a check: the
 * request's own look cancels, and leaves the deletion to a fresh reading.
 */
export function enforcing(writer: PartnerCenterWriter, log: Log): Hand {
  return async (look, inventory, todo) => {
    if (todo.kind === 'release') {
      const due = callsDue(todo.now, look).slice(0, MOST_CALLS_A_LOOK);
      const refused = await makeAll(due, inventory, (call) => write(writer, inventory, call, log));
      return { kind: 'look-again', ...(refused && { refused }) };
    }
    if (!look.begun) return { kind: 'look-again' };
    const refused = await ifBlocked(
      writeOnce(writer, inventory, { kind: 'delete-customer' }, log),
      inventory,
    );
    if (refused !== undefined) return { kind: 'look-again', refused };
    return {
      kind: 'deleted',
      reason: 'released',
      explanation: 'Everything the customer bought was released, and the customer was deleted.',
    };
  };
}

function callsDue(calls: readonly Call[], look: Look): readonly Call[] {
  return repeatsAzureCancellations(look)
    ? calls
    : calls.filter(({ kind }) => kind !== 'cancel-azure-entitlement');
}

/**
 * Whatever its words, a refusal to delete that names an order of the customer's says that this order blocks; unless
 * its code says that nobody here can do anything about it.
 */
async function ifBlocked(
  deletion: Promise<void>,
  { orders }: Inventory,
): Promise<PartnerCenterRefusal | undefined> {
  try {
    await deletion;
    return undefined;
  } catch (error) {
    if (!(error instanceof PartnerCenterRefusal)) throw error;
    const meaning = meaningOf(error.answer);
    if (meaning.kind === 'park' && meaning.reason !== 'unexpected') throw error;
    const said = `${error.answer.description} ${error.answer.body}`;
    const named = orders.filter(
      ({ id, alternateId }) => said.includes(id) || said.includes(alternateId ?? id),
    );
    if (named.length === 0) throw error;
    return new PartnerCenterRefusal({ ...error.answer, orderIds: named.map(({ id }) => id) });
  }
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
  const named = { operation: call.kind, call: what };
  log('about-to-write', named);
  try {
    await perform(writer, customer.id, call);
    log('written', named);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    log('not-written', { ...named, why });
    if (!(error instanceof PartnerCenterRefusal)) throw error;
    throw new PartnerCenterRefusal({ ...error.answer, orderIds: orderIdsOfCall(call) });
  }
}

/** The first step of each: what must wait for its effect is for a later look. */
function subscriptionCallsFor(orderId: string, inventory: Inventory): readonly Call[] {
  return addOnsFirst(purchasesOf(inventory))
    .flatMap(({ order, subscription, azureEntitlements, entitlementsRead }) =>
      subscription && (order?.id ?? subscription.orderId) === orderId
        ? [{ subscription, azureEntitlements, entitlementsRead }]
        : [],
    )
    .filter(
      (purchase) => !isSubscriptionReleased(purchase) && !isUnread(purchase, inventory.unread),
    )
    .flatMap((purchase) => releaseOf(purchase).steps.slice(0, 1).flat());
}
