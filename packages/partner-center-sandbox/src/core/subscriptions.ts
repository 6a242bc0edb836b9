import { addOnProblem, endAddOns } from './add-ons.ts';
import type { WriteReply } from './answer.ts';
import { invalidInput, json, type Reply } from './answer.ts';
import { etagProblem } from './etag-refusals.ts';
import { type Fields, fieldsOf, numberOf, sameText, textOf } from './input.ts';
import { beginChange } from './life-cycle.ts';
import type { Customer, Subscription, SubscriptionStatus } from './model.ts';
import { isUnset } from './other-changes.ts';
import { products } from './products.ts';
import { quantityProblem } from './quantities.ts';
import type { View } from './resources.ts';
import { bareWord } from './spelling.ts';
import { statusRefusal } from './status-refusals.ts';
import { otherSubscriptionChange } from './subscription-changes.ts';
import { stateRefusal, type Wanted } from './subscription-refusals.ts';
import { shownStatus, subscriptionEtag, subscriptionResource } from './subscription-resource.ts';

/** PATCH subscription: articles update-a-subscription-by-id, suspend-a-subscription and cancel-an-azure-marketplace-subscription. */

/** Fields whose absence shows that not the whole resource was sent: all are in the articles' own examples. */
const WHOLE = ['id', 'friendlyname', 'quantity', 'status', 'orderid'];

export function patchSubscription(
  customer: Customer,
  subscription: Subscription,
  body: unknown,
  ifMatch: string | undefined,
  view: View,
): WriteReply {
  const fields = givenFields(body);
  if (fields === undefined) {
    return { reply: invalidInput('The body must be a Subscription resource in JSON.') };
  }
  const problem =
    inputProblem(subscription, fields, view) ??
    etagProblem(fields, ifMatch, subscriptionEtag(subscription, view), view);
  if (problem !== undefined) return { reply: problem };
  const wanted = wantedOf(subscription, fields, view);
  const refused =
    stateRefusal(subscription, wanted, view) ??
    quantityProblem(subscription, wanted.quantity, wanted.status, view) ??
    (wanted.status === subscription.status
      ? undefined
      : (statusRefusal(customer, subscription, wanted.status, view) ??
        addOnProblem(customer, subscription, wanted.status, view.settings))) ??
    otherSubscriptionChange(customer, subscription, fields, view);
  if (refused !== undefined) return { reply: refused };
  const changed = apply(subscription, fields, wanted, view);
  endAddOns(customer, subscription, view.settings, view.nowMs);
  const reply = replyTo(customer, subscription, view);
  return changed ? { reply, change: 'patch-subscription' } : { reply };
}

/** What takes longer answers "202 status code and a location header" (article update-a-subscription-by-id); its example has no body. */
function replyTo(customer: Customer, subscription: Subscription, view: View): Reply {
  const { id, change } = subscription;
  if (change !== undefined && view.settings.slowPatch !== 'pending') {
    return { status: 202, headers: { Location: `/customers/${customer.id}/subscriptions/${id}` } };
  }
  return json(subscriptionResource(customer, subscription, view, false));
}

/**
 * "If these attributes are not provided, autoRenewEnabled will inadvertently get set to false", article
 * update-a-subscription-by-id. A status is taken in any spelling; the one that it reads changes nothing.
 */
function wantedOf(subscription: Subscription, fields: Fields, view: View): Wanted {
  const shown = shownStatus(subscription, view);
  const named = bareWord(textOf(fields, 'status') ?? shown);
  const status = named === shown ? subscription.status : named;
  return {
    status,
    autoRenew: fields.get('autorenewenabled') === true,
    quantity: numberOf(fields, 'quantity') ?? subscription.quantity,
  };
}

/**
 * Without an id the body is no whole resource but what `new Subscription { Status = … }` becomes, the .NET example of
 * article suspend-a-subscription: what it does not set is null, 0, false or .NET's word for nothing.
 */
function givenFields(body: unknown): Fields | undefined {
  const fields = fieldsOf(body);
  if (fields === undefined || fields.has('id')) return fields;
  return new Map([...fields].filter(([name, value]) => !isUnset(name, value)));
}

/** Of the fields that it reads (article subscription-resources). */
const TYPES: readonly (readonly [name: string, type: string])[] = [
  ['id', 'string'],
  ['friendlyname', 'string'],
  ['status', 'string'],
  ['quantity', 'number'],
  ['autorenewenabled', 'boolean'],
  ['attributes', 'object'],
];

function inputProblem(
  subscription: Subscription,
  fields: Fields,
  { settings }: View,
): Reply | undefined {
  for (const [name, type] of TYPES) {
    const value = fields.get(name);
    if (value !== undefined && typeof value !== type) {
      return invalidInput(`${name} must be a ${type}.`);
    }
  }
  const missing = WHOLE.filter(
    (name) => !fields.has(name) && !(name === 'orderid' && subscription.shownOrderId === undefined),
  );
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

/** Takes over what was asked for; all else is as GET gave it (`subscription-changes.ts`). */
function apply(subscription: Subscription, fields: Fields, wanted: Wanted, view: View): boolean {
  const friendlyName = textOf(fields, 'friendlyname') ?? subscription.friendlyName;
  const next = {
    friendlyName,
    quantity: wanted.quantity,
    autoRenew: wanted.autoRenew,
    // "Or the next term/billing instructions will be deleted."
    scheduledChanges:
      subscription.scheduledChanges && fields.has('schedulednextterminstructions') === true,
  };
  const edited = !sameFields(subscription, next);
  Object.assign(subscription, next);
  const status = settableStatus(subscription, wanted.status);
  if (status !== undefined) changeStatus(subscription, status, view);
  else if (edited) subscription.version += 1;
  return edited || status !== undefined;
}

function sameFields(
  one: Subscription,
  other: Pick<Subscription, 'friendlyName' | 'quantity' | 'autoRenew' | 'scheduledChanges'>,
): boolean {
  return (
    one.friendlyName === other.friendlyName &&
    one.quantity === other.quantity &&
    one.autoRenew === other.autoRenew &&
    one.scheduledChanges === other.scheduledChanges
  );
}

function settableStatus(
  subscription: Subscription,
  wanted: string,
): SubscriptionStatus | undefined {
  return products[subscription.kind].settableStatuses.find(
    (status) => status === wanted && status !== subscription.status,
  );
}

/** A status that ends the purchase takes the time that was seeded. */
function changeStatus(
  subscription: Subscription,
  status: SubscriptionStatus,
  { nowMs, settings }: View,
): void {
  subscription.version += 1;
  if (status === products[subscription.kind].finalStatus) {
    if (settings.slowPatch !== 'accepted') subscription.status = 'pending';
    beginChange(subscription, status, subscription.cancelling, nowMs);
    return;
  }
  subscription.status = status;
  // "Suspending a new commerce subscription will turn off auto-renew" (article create-a-new-subscription), and scheduled
  // changes are removed (article subscription-lifecycle).
  if (status === 'suspended')
    Object.assign(subscription, { autoRenew: false, scheduledChanges: false });
}
