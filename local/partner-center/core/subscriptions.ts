import { addOnProblem, endAddOns } from './add-ons.ts';
import { invalidInput, json, type Reply, refuse } from './answer.ts';
import { type Fields, fieldsOf, numberOf, sameText, textOf } from './input.ts';
import { beginChange, isTooOld } from './life-cycle.ts';
import type { AzureEntitlement, Customer, Subscription, SubscriptionStatus } from './model.ts';
import type { WriteReply } from './orders.ts';
import { products } from './products.ts';
import { quantityProblem } from './quantities.ts';
import {
  azureEntitlementResource,
  subscriptionEtag,
  subscriptionResource,
  type View,
} from './resources.ts';

/** PATCH subscription: articles suspend-a-subscription and cancel-an-azure-marketplace-subscription. */

/** Fields whose absence shows that somebody did not send the whole resource: all are in the articles' own examples. */
const WHOLE = ['id', 'friendlyname', 'quantity', 'status', 'orderid'];
/** Nothing can be changed any more. */
const OVER: ReadonlySet<SubscriptionStatus> = new Set(['expired', 'disabled']);

export function patchSubscription(
  customer: Customer,
  subscription: Subscription,
  body: unknown,
  ifMatch: string | undefined,
  view: View,
): WriteReply {
  const fields = givenFields(body);
  const problem =
    inputProblem(subscription, fields, view) ?? etagProblem(subscription, fields, ifMatch, view);
  if (problem !== undefined) return { reply: problem };
  const wanted = textOf(fields, 'status')?.toLowerCase() ?? subscription.status;
  const quantity = numberOf(fields, 'quantity') ?? subscription.quantity;
  const refused =
    busyOrGone(subscription, wanted) ??
    quantityProblem(subscription, quantity, wanted, view) ??
    (wanted === subscription.status
      ? undefined
      : (statusRefusal(subscription, wanted, view) ??
        addOnProblem(customer, subscription, wanted, view.settings)));
  if (refused !== undefined) return { reply: refused };
  const changed = applyFields(subscription, fields, view.nowMs);
  endAddOns(customer, subscription, view.settings, view.nowMs);
  const reply = json(subscriptionResource(customer, subscription, view, false));
  return changed ? { reply, change: 'patch-subscription' } : { reply };
}

/**
 * Without an id the body is no whole resource but what `new Subscription { Status = … }` becomes, the .NET example of
 * article suspend-a-subscription: what it does not set is null, 0 or false.
 */
function givenFields(body: unknown): Fields | undefined {
  const fields = fieldsOf(body);
  if (fields === undefined || fields.has('id')) return fields;
  return new Map([...fields].filter(([, value]) => value !== 0 && value !== false));
}

function inputProblem(
  subscription: Subscription,
  fields: Fields | undefined,
  { settings }: View,
): Reply | undefined {
  if (fields === undefined)
    return invalidInput('The body must be a Subscription resource in JSON.');
  const missing = WHOLE.filter((name) => !fields.has(name));
  if (settings.requireWholeSubscription && missing.length > 0) {
    return invalidInput(
      `A full Subscription resource is required; missing: ${missing.join(', ')}.`,
    );
  }
  const id = textOf(fields, 'id');
  if (id !== undefined && !sameText(id, subscription.id)) {
    return invalidInput(`The body names subscription ${id}, the address ${subscription.id}.`);
  }
  return undefined;
}

/**
 * If-Match where it is sent, else the body's own etag, which is what the .NET SDK relies on: it never sends the header.
 * Neither is required, for no product: the article's example for the marketplace and new commerce has the header and no
 * etag in the body, that for licences has both, and no text asks for them. The etag of a PATCH's answer is empty, and
 * sent back it counts as none (INFERRED).
 */
function etagProblem(
  subscription: Subscription,
  fields: Fields | undefined,
  ifMatch: string | undefined,
  view: View,
): Reply | undefined {
  const expected = ifMatch ?? textOf(fieldsOf(fields?.get('attributes')), 'etag');
  if (!expected || expected === subscriptionEtag(subscription, view)) return undefined;
  return refuse(400, '2055', 'Etag is no longer valid.');
}

function busyOrGone(subscription: Subscription, wanted: string): Reply | undefined {
  // That this of the codes for "later" is said while it is being provisioned is INFERRED from its words.
  if (subscription.change?.to === 'active') {
    return refuse(
      400,
      '800082',
      'Subscription is not ready to be updated. Please try again after sometime.',
    );
  }
  if (subscription.change !== undefined) {
    return refuse(
      409,
      '900278',
      'There is a pending operation on this subscription. Please try after 24 hours.',
    );
  }
  if (subscription.status === 'deleted' && wanted !== 'deleted') {
    return refuse(400, '2011', 'A deleted subscription cannot be updated.');
  }
  // Which of the two codes says so is UNCONFIRMED: 800096 for a status, 900279 for anything else.
  if (OVER.has(subscription.status)) {
    return wanted === subscription.status
      ? refuse(400, '900279', 'Updates to this subscription are no longer allowed.')
      : refuse(400, '800096', 'Cannot update the status for this subscription.');
  }
  return undefined;
}

function statusRefusal(
  subscription: Subscription,
  wanted: string,
  { nowMs, settings }: View,
): Reply | undefined {
  const product = products[subscription.kind];
  if (subscription.kind === 'unknown') {
    return refuse(400, '900141', 'This operation is not supported for the product.');
  }
  if (!product.settableStatuses.some((status) => status === wanted)) {
    return refuse(
      400,
      '800040',
      `Subscription status cannot be changed from ${subscription.status} to ${wanted}.`,
    );
  }
  if (wanted !== product.finalStatus) return undefined;
  return tooLate(subscription, nowMs, settings) ?? activeAzure(subscription);
}

/** The article says "orders"; that it holds for what is released by its subscription too is INFERRED. */
function tooLate(
  subscription: Subscription,
  nowMs: number,
  { newCommerceWindowMs, production }: View['settings'],
): Reply | undefined {
  const ageMs = nowMs - subscription.createdMs;
  const pastWindow =
    subscription.kind === 'new-commerce' && newCommerceWindowMs > 0 && ageMs > newCommerceWindowMs;
  if (pastWindow) return refuse(400, '900117', 'You have passed your 7-day cancellation window.');
  if (production || !isTooOld(subscription, nowMs)) return undefined;
  return refuse(400, '900117', 'You have passed your 60-day cancellation window.');
}

function activeAzure(subscription: Subscription): Reply | undefined {
  if (subscription.azureEntitlements.every(({ status }) => status !== 'active')) return undefined;
  return refuse(
    403,
    '900115',
    'Azure plan cannot be moved to suspended state since you have one or more Azure Subscriptions in the active state.',
  );
}

/** Takes over what a partner may change; everything else in the body is the service's own and ignored. */
function applyFields(
  subscription: Subscription,
  fields: Fields | undefined,
  nowMs: number,
): boolean {
  const wanted = {
    friendlyName: textOf(fields, 'friendlyname') ?? subscription.friendlyName,
    quantity: numberOf(fields, 'quantity') ?? subscription.quantity,
    autoRenew: booleanOf(fields, 'autorenewenabled') ?? subscription.autoRenew,
  };
  const edited =
    wanted.friendlyName !== subscription.friendlyName ||
    wanted.quantity !== subscription.quantity ||
    wanted.autoRenew !== subscription.autoRenew;
  Object.assign(subscription, wanted);
  const status = settableStatus(subscription, textOf(fields, 'status'));
  if (status !== undefined) changeStatus(subscription, status, nowMs);
  else if (edited) subscription.version += 1;
  return edited || status !== undefined;
}

function settableStatus(
  subscription: Subscription,
  wanted: string | undefined,
): SubscriptionStatus | undefined {
  return products[subscription.kind].settableStatuses.find(
    (status) => status === wanted?.toLowerCase() && status !== subscription.status,
  );
}

/** A status that ends the purchase takes the time that was seeded, and reads `pending` meanwhile (INFERRED). */
function changeStatus(subscription: Subscription, status: SubscriptionStatus, nowMs: number): void {
  subscription.version += 1;
  if (status !== products[subscription.kind].finalStatus) {
    subscription.status = status;
    return;
  }
  subscription.status = 'pending';
  beginChange(subscription, status, subscription.cancelling, nowMs);
}

function booleanOf(fields: Fields | undefined, name: string): boolean | undefined {
  const value = fields?.get(name);
  return typeof value === 'boolean' ? value : undefined;
}

/**
 * POST …/azureEntitlements/{id}/cancel: 202, and it ends later (REST reference "Cancel an Azure entitlement"; the SDK
 * reads the entitlement from the answer). A reason is required; the SDK's sample knows only `compromise`, and which
 * others the service takes is UNCONFIRMED, so any text will do.
 */
export function cancelAzureEntitlement(
  entitlement: AzureEntitlement,
  body: unknown,
  nowMs: number,
): WriteReply {
  const reason = textOf(fieldsOf(body), 'cancellationreason')?.trim();
  if (reason === undefined || reason === '') {
    return { reply: invalidInput('A cancellationReason is required.') };
  }
  const fresh = entitlement.status === 'active' && entitlement.change === undefined;
  if (fresh) beginChange(entitlement, 'canceled', entitlement.cancelling, nowMs);
  const reply = json(azureEntitlementResource(entitlement), 202);
  return fresh ? { reply, change: 'cancel-azure' } : { reply };
}
