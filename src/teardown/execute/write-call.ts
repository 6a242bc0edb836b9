import { errorMessage } from '../../shared/error-message.ts';
import { classifyError } from '../errors/classify-error.ts';
import type { ErrorAction } from '../errors/error-action.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { isUnderReview } from '../inventory/order-states.ts';
import { purchasesOf } from '../inventory/purchases-of.ts';
import type { Log } from '../log/log.ts';
import { type Call, describeCall, orderIdsOfCall, perform } from '../model/call.ts';
import type { PartnerCenterWriter, WriteResult } from '../model/partner-center.ts';
import { asPartnerCenterError, PartnerCenterError } from '../model/partner-center-error.ts';
import type { Subscription } from '../model/purchases.ts';
import { addOnsFirst } from '../release/add-ons-first.ts';
import { hintsOf } from '../release/hints.ts';
import { cancelByOrder } from '../release/products/order-path.ts';
import { releaseOf } from '../release/products/strategies.ts';
import { ageOf } from '../release/purchase-names.ts';
import { purchasesEndedBy } from './ended-by.ts';
import type { CheckContext } from './executor.ts';

/** What is needed to make a call. */
export interface Writing {
  readonly writer: PartnerCenterWriter;
  readonly inventory: Inventory;
  readonly nowMs: number;
  readonly log: Log;
  readonly context: Pick<CheckContext, 'accepted' | 'written'>;
  /** The subscriptions that a call of this check has ended. */
  readonly made: Set<Subscription>;
  /** False for a call that an earlier check made a moment ago. */
  isDue(call: Call): boolean;
}

/**
 * Makes a call, and the calls that its answer asks for: where the order path is refused for a product, its
 * subscriptions are ended instead; a marketplace subscription is activated before it is ended.
 *
 * @throws PartnerCenterError where the call is refused and no other call takes its place
 */
export async function write(writing: Writing, call: Call): Promise<WriteResult> {
  try {
    return await writeOnce(writing, call);
  } catch (error) {
    const { response } = asPartnerCenterError(error);
    const action = classifyError(response);
    const isDone =
      action.kind === 'already-released' || (action.kind === 'already-suspended' && suspends(call));
    if (isDone) return 'done';
    const instead = callsInstead(action, call, writing.inventory);
    // A subscription that was activated a moment ago is ended by a later check.
    const isActivated = instead.some((each) => isActivation(each) && !writing.isDue(each));
    if (instead.length === 0 || isActivated) throw error;
    return writeAll(
      writing,
      instead.filter((each) => !('subscription' in each && writing.made.has(each.subscription))),
    );
  }
}

async function writeAll(writing: Writing, calls: readonly Call[]): Promise<WriteResult> {
  let result: WriteResult = 'done';
  for (const call of calls) {
    if ((await writeOnce(writing, call)) === 'accepted') result = 'accepted';
    if (isActivation(call)) writing.context.accepted(call);
  }
  return result;
}

function suspends(call: Call): call is Extract<Call, { kind: 'end-subscription' }> {
  return call.kind === 'end-subscription' && call.status === 'suspended';
}

function isActivation({ kind }: Call): boolean {
  return kind === 'activate-subscription';
}

/** The calls that an answer asks for, if any. */
function callsInstead(action: ErrorAction, call: Call, inventory: Inventory): readonly Call[] {
  if (action.kind === 'use-subscriptions' || isOnlyTooLateFor(call, action, inventory)) {
    return orderIdsOfCall(call).flatMap((id) => subscriptionCallsFor(id, inventory));
  }
  if (action.kind === 'use-order' && suspends(call)) {
    return orderCallsFor(call.subscription, inventory);
  }
  return action.kind === 'activate-first' && call.kind === 'end-subscription'
    ? [{ kind: 'activate-subscription', subscription: call.subscription }, call]
    : [];
}

/**
 * An order that cannot be cancelled any more holds nothing but software subscriptions, which can be cancelled by
 * themselves as well:
 * https://learn.microsoft.com/partner-center/developer/cancel-an-order-from-the-integration-sandbox
 */
function isOnlyTooLateFor(call: Call, action: ErrorAction, inventory: Inventory): boolean {
  if (call.kind !== 'cancel-order' || action.kind !== 'park') return false;
  return (
    action.reason === 'cannot-cancel' &&
    purchasesEndedBy(call, inventory).every(
      ({ order, subscription }) =>
        subscription?.productType === 'software' && !isUnderReview(order),
    )
  );
}

/**
 * Makes one call. One log line says what is about to be written, another how it went.
 *
 * @throws PartnerCenterError where it is refused, with what is known of the purchases it is about
 */
export async function writeOnce(
  { writer, inventory, log, context, made }: Writing,
  call: Call,
): Promise<WriteResult> {
  const { customer } = inventory;
  const what = describeCall(customer.id, call);
  const named = { operation: call.kind, call: what };
  log('about-to-write', named);
  try {
    const result = await perform(writer, customer.id, call);
    log('written', named);
    context.written(what);
    if (call.kind === 'end-subscription') made.add(call.subscription);
    return result;
  } catch (error) {
    const why = errorMessage(error);
    log('not-written', { ...named, why });
    const { response } = asPartnerCenterError(error);
    throw new PartnerCenterError({ ...response, ...knownOf(call, inventory) });
  }
}

/** What is known of the purchases that a call ends. */
function knownOf(call: Call, inventory: Inventory) {
  const purchases = purchasesEndedBy(call, inventory);
  return {
    orderIds: orderIdsOfCall(call),
    ages: purchases.map(ageOf),
    hints: purchases.flatMap(hintsOf),
    ...(purchases.some(({ order }) => isUnderReview(order)) && { isUnderReview: true as const }),
  };
}

/** The cancellation of the order line of a subscription. */
function orderCallsFor(subscription: Subscription, inventory: Inventory): readonly Call[] {
  return purchasesOf(inventory).flatMap(({ order, line, subscription: own }) =>
    own === subscription && order !== undefined ? cancelByOrder(order.id, line).flat() : [],
  );
}

/** The first step for each subscription; later steps wait for its effect, and so for a later check. */
function subscriptionCallsFor(orderId: string, inventory: Inventory): readonly Call[] {
  return (
    addOnsFirst(purchasesOf(inventory))
      .filter(({ order, subscription }) => (order?.id ?? subscription?.orderId) === orderId)
      // Without its order a purchase is released by its subscription, or not at all.
      .map(({ order: _order, line: _line, entitlement: _entitlement, ...alone }) => alone)
      .filter((purchase) => !releaseOf(purchase).isReleased)
      .flatMap((purchase) => releaseOf(purchase).steps.slice(0, 1).flat())
  );
}
