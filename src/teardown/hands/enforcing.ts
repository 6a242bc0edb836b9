import { isDue, slowCallId } from '../accepted-calls.ts';
import type { Meaning } from '../answers/meaning.ts';
import { meaningOf } from '../answers/meaning-of.ts';
import { type Call, describeCall, orderIdsOfCall, perform } from '../call.ts';
import type { Inventory } from '../inventory.ts';
import type { Log } from '../log.ts';
import type { Outcome } from '../outcome.ts';
import type { PartnerCenterWriter, Taken } from '../partner-center.ts';
import { PartnerCenterRefusal } from '../refusal.ts';
import { addOnsFirst } from '../release/add-ons-first.ts';
import { type Decision, isUnread } from '../release/decide.ts';
import { ageOf } from '../release/purchase-names.ts';
import { purchasesOf } from '../release/purchases-of.ts';
import { releaseOf } from '../release/strategies.ts';
import { isEndedBy } from './ended-by.ts';
import type { Hand, LookAgain } from './hand.ts';
import { makeAll } from './make-all.ts';

/** Writing calls in one look; what is left waits for the next one, so that no invocation runs long. */
export const MOST_CALLS_A_LOOK = 25;

/**
 * Makes the calls for real, one after the other. Deletes only in a look that has begun as a check: the
 * request's own look cancels, and leaves the deletion to a fresh reading.
 */
export function enforcing(writer: PartnerCenterWriter, log: Log, nowMs: number): Hand {
  return async (look, inventory, decision, notes) => {
    const make = async (call: Call): Promise<void> => {
      const id = slowCallId(call, await write(writer, inventory, call, log));
      if (id !== undefined) notes.accepted(id);
    };
    if (decision.kind === 'impossible') return park(decision, inventory, make);
    if (decision.kind === 'release') {
      const due = decision.now
        .filter((call) => isDue(call, look.acceptedCalls, { startedMs: look.startedMs, nowMs }))
        .slice(0, MOST_CALLS_A_LOOK);
      const refused = await makeAll(due, inventory, make);
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

/** Parks, after what still makes the purchase end by itself: that this is refused changes nothing but the words. */
async function park(
  { parked, now }: Extract<Decision, { kind: 'impossible' }>,
  inventory: Inventory,
  make: (call: Call) => Promise<void>,
): Promise<Outcome | LookAgain> {
  const due = now.slice(0, MOST_CALLS_A_LOOK);
  if (due.length === 0) return parked;
  try {
    const refused = await makeAll(due, inventory, make);
    if (refused !== undefined) return { kind: 'look-again', refused };
    return { ...parked, explanation: `${parked.explanation} Auto-renew was turned off.` };
  } catch (error) {
    if (!(error instanceof PartnerCenterRefusal) || meaningOf(error.answer).kind !== 'park')
      throw error;
    return {
      ...parked,
      explanation: `${parked.explanation} Auto-renew could not be turned off: ${error.message}`,
    };
  }
}

/**
 * Whatever its words, a refusal to delete that names an order of the customer's says that this order blocks; unless
 * its code says that nobody here can do anything about it.
 */
async function ifBlocked(
  deletion: Promise<unknown>,
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

/**
 * Makes a call, and what its answer asks for: the order path refused for this product, its subscriptions are ended
 * instead; a marketplace subscription is activated before it can be ended.
 */
async function write(
  writer: PartnerCenterWriter,
  inventory: Inventory,
  call: Call,
  log: Log,
): Promise<Taken> {
  const make = (each: Call) => writeOnce(writer, inventory, each, log);
  try {
    return await make(call);
  } catch (error) {
    if (!(error instanceof PartnerCenterRefusal)) throw error;
    const meaning = meaningOf(error.answer).kind;
    const isDone =
      meaning === 'already-released' || (meaning === 'already-suspended' && suspends(call));
    if (isDone) return 'done';
    const instead = callsInstead(meaning, call, inventory);
    if (instead.length === 0) throw error;
    const taken: Taken[] = [];
    for (const each of instead) taken.push(await make(each));
    return taken.includes('accepted') ? 'accepted' : 'done';
  }
}

function suspends(call: Call): boolean {
  return call.kind === 'end-subscription' && call.status === 'suspended';
}

/** The calls that an answer asks for; none where there are none to make. */
function callsInstead(meaning: Meaning['kind'], call: Call, inventory: Inventory): readonly Call[] {
  if (meaning === 'use-subscriptions') {
    return orderIdsOfCall(call).flatMap((id) => subscriptionCallsFor(id, inventory));
  }
  return meaning === 'activate-first' && call.kind === 'end-subscription'
    ? [{ kind: 'activate-subscription', subscription: call.subscription }, call]
    : [];
}

/** One log line says what is about to be written, one says how it went. */
async function writeOnce(
  writer: PartnerCenterWriter,
  inventory: Inventory,
  call: Call,
  log: Log,
): Promise<Taken> {
  const { customer } = inventory;
  const what = describeCall(customer.id, call);
  const named = { operation: call.kind, call: what };
  log('about-to-write', named);
  try {
    const taken = await perform(writer, customer.id, call);
    log('written', named);
    return taken;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    log('not-written', { ...named, why });
    if (!(error instanceof PartnerCenterRefusal)) throw error;
    throw new PartnerCenterRefusal({
      ...error.answer,
      orderIds: orderIdsOfCall(call),
      ages: purchasesOf(inventory)
        .filter((purchase) => isEndedBy(purchase, call))
        .map(ageOf),
    });
  }
}

/** The first step of each: what must wait for its effect is for a later look. */
function subscriptionCallsFor(orderId: string, inventory: Inventory): readonly Call[] {
  return addOnsFirst(purchasesOf(inventory))
    .flatMap(({ order, subscription, azureEntitlements }) =>
      subscription && (order?.id ?? subscription.orderId) === orderId
        ? [{ subscription, azureEntitlements }]
        : [],
    )
    .filter((purchase) => !releaseOf(purchase).isReleased && !isUnread(purchase, inventory.unread))
    .flatMap((purchase) => releaseOf(purchase).steps.slice(0, 1).flat());
}
