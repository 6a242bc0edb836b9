import { defined } from '../../shared/defined.ts';
import { classifyError } from '../errors/classify-error.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { isSettled } from '../inventory/listing-lag.ts';
import { isVoid } from '../inventory/order-states.ts';
import type { Log } from '../log/log.ts';
import { acceptedAt, isDue } from '../model/accepted-calls.ts';
import type { Call } from '../model/call.ts';
import type { Check } from '../model/check.ts';
import type { Outcome, Parked } from '../model/outcome.ts';
import type { PartnerCenterWriter, WriteResult } from '../model/partner-center.ts';
import { asPartnerCenterError, PartnerCenterError } from '../model/partner-center-error.ts';
import type { Decision } from '../release/decide.ts';
import type { CheckContext, Executor, Requeue } from './executor.ts';
import { runCalls } from './run-calls.ts';
import { type Writing, write, writeOnce } from './write-call.ts';

/** A call that was accepted and has shown no effect in a teardown of this age is not expected to have one. */
const MAX_DOUBT_MS = 60 * 60 * 1000;

type Make = (call: Call) => Promise<WriteResult>;

/** The limit of writes in one check; the rest waits for the next one, so that no invocation runs for long. */
export const MAX_CALLS_PER_CHECK = 25;

/**
 * Makes the calls, one after the other. Deletes only in a later check: the request's own check cancels, and leaves the
 * deletion to a check that reads afresh.
 */
export function live(writer: PartnerCenterWriter, log: Log, nowMs: number): Executor {
  return async (check, inventory, decision, context) => {
    const due = dueCalls(decision, check, nowMs);
    if (due.length > 0 || isDeletion(decision, check)) {
      const objection = await context.objection();
      if (objection !== undefined) return objection;
    }
    const writing: Writing = {
      ...{ writer, inventory, nowMs, log, context, made: new Set() },
      isDue: (call) => isCallDue(call, check, nowMs),
    };
    const make = async (call: Call): Promise<WriteResult> => {
      const wasAccepted = acceptedAt(call, check.acceptedCalls) !== undefined;
      const isInDoubt = wasAccepted && nowMs - check.startedMs < MAX_DOUBT_MS;
      const writeNow = () => write(writing, call);
      const result = await (isInDoubt ? repeated(writeNow, call, context) : writeNow());
      context.accepted(call);
      return result;
    };
    if (decision.kind === 'unreleasable') {
      return park(decision.parked, due, writing, make, isSettled(check.startedMs, nowMs));
    }
    if (decision.kind === 'release') return release(due, writing, make);
    return isDeletion(decision, check) ? remove(check, writing, make) : { kind: 'requeue' };
  };
}

/**
 * Makes a call that was accepted before. If it is refused now, the first one may still take effect: that is no verdict
 * yet, but it is kept for the outcome.
 */
async function repeated(
  writeAgain: () => Promise<WriteResult>,
  call: Call,
  context: CheckContext,
): Promise<WriteResult> {
  try {
    return await writeAgain();
  } catch (error) {
    const { response } = asPartnerCenterError(error);
    if (classifyError(response).kind !== 'park') throw error;
    context.accepted(call);
    throw new PartnerCenterError({ ...response, isRepeated: true });
  }
}

function isDeletion(decision: Decision, check: Check): boolean {
  return decision.kind === 'delete' && check.begun;
}

async function release(due: readonly Call[], writing: Writing, make: Make): Promise<Requeue> {
  const isTooMuch = due.length > MAX_CALLS_PER_CHECK;
  const now = due.slice(0, MAX_CALLS_PER_CHECK);
  let made = 0;
  const refused = await runCalls(now, writing, async (call) => {
    await make(call);
    made += 1;
  });
  // If none of these was accepted, the next check could do no more than this one.
  const isUnfinished = isTooMuch && made > 0 ? true : undefined;
  return defined({ kind: 'requeue', refused, isUnfinished });
}

async function remove(check: Check, writing: Writing, make: Make): Promise<Outcome | Requeue> {
  const { inventory } = writing;
  const refused = await blockingErrorOf(writeOnce(writing, { kind: 'delete-customer' }), inventory);
  if (refused === undefined) {
    return {
      kind: 'deleted',
      reason: 'released',
      explanation: 'Everything the customer bought was released, and the customer was deleted.',
    };
  }
  await runCalls(cancellationsOfNothing(refused, check, inventory), writing, make);
  return { kind: 'requeue', refused };
}

function dueCalls(decision: Decision, check: Check, nowMs: number): readonly Call[] {
  if (decision.kind === 'delete') return [];
  return decision.now.filter((call) => isCallDue(call, check, nowMs));
}

function isCallDue(call: Call, { acceptedCalls, startedMs }: Check, nowMs: number): boolean {
  return isDue(call, acceptedCalls, { startedMs, nowMs });
}

/**
 * An order that came to nothing counts as released. Where the service says that it blocks, it is cancelled after all.
 */
function cancellationsOfNothing(
  { response }: PartnerCenterError,
  { request }: Check,
  { orders }: Inventory,
): readonly Call[] {
  // A reviewed plan never contains it.
  if (request.ifUnchanged !== undefined) return [];
  return orders
    .filter((order) => isVoid(order) && response.orderIds?.includes(order.id))
    .map(({ id }) => ({ kind: 'cancel-order', orderId: id }));
}

/**
 * Parks, but first makes the calls after which the purchase ends by itself. If they are refused, only the explanation
 * differs; for a while they are made again, until the lists have settled.
 */
async function park(
  parked: Parked,
  due: readonly Call[],
  writing: Writing,
  make: Make,
  settled: boolean,
): Promise<Outcome | Requeue> {
  if (due.length === 0) return parked;
  // A 202 is not done yet: https://learn.microsoft.com/partner-center/developer/update-a-subscription-by-id
  let how = 'was turned off';
  try {
    const refused = await runCalls(due.slice(0, MAX_CALLS_PER_CHECK), writing, async (call) => {
      if ((await make(call)) === 'accepted') how = 'is being turned off';
    });
    if (refused === undefined) {
      return { ...parked, explanation: `${parked.explanation} Auto-renew ${how}.` };
    }
    return settled ? notTurnedOff(parked, refused) : { kind: 'requeue', refused };
  } catch (error) {
    const refused = asPartnerCenterError(error);
    if (classifyError(refused.response).kind !== 'park') throw error;
    return notTurnedOff(parked, refused);
  }
}

function notTurnedOff(parked: Parked, { message }: PartnerCenterError): Parked {
  const explanation = `${parked.explanation} Auto-renew could not be turned off: ${message}`;
  return { ...parked, explanation };
}

/**
 * An error to DELETE that names an order of the customer means that this order blocks, whatever its words; unless its
 * code means that only a person can help.
 */
async function blockingErrorOf(
  deletion: Promise<unknown>,
  { orders }: Inventory,
): Promise<PartnerCenterError | undefined> {
  try {
    await deletion;
    return undefined;
  } catch (error) {
    const { response } = asPartnerCenterError(error);
    const action = classifyError(response);
    if (action.kind === 'park' && action.reason !== 'unexpected') throw error;
    const text = `${response.description} ${response.body}`;
    const named = orders.filter(
      ({ id, alternateId }) => text.includes(id) || text.includes(alternateId ?? id),
    );
    if (named.length === 0) throw error;
    return new PartnerCenterError({ ...response, orderIds: named.map(({ id }) => id) });
  }
}
