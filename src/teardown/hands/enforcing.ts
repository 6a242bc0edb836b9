import { isDue, slowCallId } from '../accepted-calls.ts';
import { meaningOf } from '../answers/meaning-of.ts';
import type { Call } from '../call.ts';
import type { Inventory } from '../inventory.ts';
import type { Log } from '../log.ts';
import type { Outcome } from '../outcome.ts';
import type { PartnerCenterWriter } from '../partner-center.ts';
import { PartnerCenterRefusal } from '../refusal.ts';
import type { Decision } from '../release/decide.ts';
import { cameToNothing } from '../release/order-states.ts';
import type { Hand, LookAgain } from './hand.ts';
import { makeAll } from './make-all.ts';
import { write, writeOnce } from './write-call.ts';

/** Writing calls in one look; what is left waits for the next one, so that no invocation runs long. */
export const MOST_CALLS_A_LOOK = 25;

/**
 * Makes the calls for real, one after the other. Deletes only in a look that has begun as a check: the
 * request's own look cancels, and leaves the deletion to a fresh reading.
 */
export function enforcing(writer: PartnerCenterWriter, log: Log, nowMs: number): Hand {
  return async (look, inventory, decision, notes) => {
    const make = async (call: Call, isUnfinished = false): Promise<void> => {
      const taken = await write(writer, inventory, call, log);
      // A list that lags would have the next look make the same calls, and never come to those that are left.
      const id = slowCallId(call, isUnfinished ? 'accepted' : taken);
      if (id !== undefined) notes.accepted(id);
    };
    if (decision.kind === 'impossible') return park(decision, inventory, make);
    if (decision.kind === 'release') {
      const due = decision.now.filter((call) =>
        isDue(call, look.acceptedCalls, { startedMs: look.startedMs, nowMs }),
      );
      const isUnfinished = due.length > MOST_CALLS_A_LOOK;
      const refused = await makeAll(due.slice(0, MOST_CALLS_A_LOOK), inventory, (call) =>
        make(call, isUnfinished),
      );
      if (refused !== undefined) return { kind: 'look-again', refused };
      return { kind: 'look-again', ...(isUnfinished && { isUnfinished }) };
    }
    if (!look.begun) return { kind: 'look-again' };
    const refused = await ifBlocked(
      writeOnce(writer, inventory, { kind: 'delete-customer' }, log),
      inventory,
    );
    if (refused !== undefined) {
      await makeAll(cancellationsOfNothing(refused, inventory), inventory, make);
      return { kind: 'look-again', refused };
    }
    return {
      kind: 'deleted',
      reason: 'released',
      explanation: 'Everything the customer bought was released, and the customer was deleted.',
    };
  };
}

/** An order that came to nothing was taken for released; where the service says that it blocks, it is tried. */
function cancellationsOfNothing(
  { answer }: PartnerCenterRefusal,
  { orders }: Inventory,
): readonly Call[] {
  return orders
    .filter((order) => cameToNothing(order) && answer.orderIds?.includes(order.id))
    .map(({ id }) => ({ kind: 'cancel-order', orderId: id }));
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
