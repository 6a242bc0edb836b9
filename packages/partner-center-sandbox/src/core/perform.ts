import { missingCustomer, readAccount } from './account-reads.ts';
import { activateSubscription } from './activation.ts';
import { collection, invalidInput, json, type Reply, type WriteReply } from './answer.ts';
import { appOnlyRefusal } from './app-and-user.ts';
import { cancelAzureEntitlement, noCancellation } from './azure-cancellations.ts';
import {
  azureEntitlementItem,
  azureEntitlementResource,
  noCommerceRelationship,
  notAzure,
  unknownAzureEntitlement,
} from './azure-entitlements.ts';
import type { Call, World } from './call.ts';
import { accountRefusal } from './customer-account.ts';
import { readCustomer } from './customer-reads.ts';
import { deletionReply } from './customers.ts';
import { entitlementsOf } from './entitlement-resources.ts';
import { countRead, settle } from './life-cycle.ts';
import { isBilled, isBoughtThrough } from './list-filters.ts';
import {
  findOrder,
  findSubscription,
  isVisible,
  unknownOrder,
  unknownSubscription,
} from './lookup.ts';
import type { Customer, Order, Subscription } from './model.ts';
import { patchOrder } from './orders.ts';
import { ownRefusal } from './own-refusals.ts';
import { forbidden, lockedOut } from './permissions.ts';
import { withPrices } from './prices.ts';
import { provisioningStatus } from './provisioning-status.ts';
import type { WriteRecord } from './records.ts';
import { orderResource, type View } from './resources.ts';
import type { Operation, Route } from './routes.ts';
import { subscriptionResource } from './subscription-resource.ts';
import { patchSubscription } from './subscriptions.ts';
import { unhonoured } from './unhonoured.ts';

export interface Outcome {
  readonly reply: Reply;
  /** The change that was made, if any, and to what. */
  readonly change?: { readonly kind: WriteRecord['kind']; readonly id: string };
}

/** Does what the call asks, by the rules of its operation. */
export function perform(call: Call, world: World): Outcome {
  const { route } = call;
  const permission = permissionFor(route.operation);
  const refusedToAll = refusal(call, permission, world.view) ?? readAccount(call, world);
  if (refusedToAll !== undefined) return { reply: refusedToAll };
  const customer = world.customers.get(route.customerId);
  if (customer === undefined) return { reply: noCustomer(route, world) };
  settle(customer, world.view.nowMs);
  const refused =
    lockedOut(permission, customer) ??
    accountRefusal(route.operation, customer, world.view) ??
    ownRefusal(route.operation, customer, world.view.nowMs);
  if (refused !== undefined) return { reply: refused };
  const outcome = onCustomer(call, customer, world);
  // What a software order takes with it shows in the same answer's customer, so settle again.
  if (outcome.change !== undefined) settle(customer, world.view.nowMs);
  return outcome;
}

const refusal = (call: Call, permission: Operation, { settings }: View): Reply | undefined =>
  forbidden(permission, call.caller, settings) ??
  appOnlyRefusal(call.route.operation, call.caller, settings) ??
  unhonoured(call);

/** Whoever may change a subscription may activate it (INFERRED). */
const permissionFor = (operation: Operation): Operation =>
  operation === 'activate-subscription' ? 'patch-subscription' : operation;

/** Two paths have a code of their own (article cancel-an-azure-subscription), unless a setting says otherwise. */
function noCustomer({ operation, customerId }: Route, world: World): Reply {
  const { tenantId, view } = world;
  const reply = missingCustomer(customerId, world);
  const isAzure = operation === 'cancel-azure-entitlement' || operation === 'get-azure-entitlement';
  const isUsual = reply.status === 403 && view.settings.unknownCustomer.code === '20002';
  return isAzure && isUsual ? noCommerceRelationship(tenantId, customerId) : reply;
}

function onCustomer(call: Call, customer: Customer, world: World): Outcome {
  const { view } = world;
  switch (call.route.operation) {
    case 'delete-customer':
      return deleteCustomer(customer, world);
    case 'list-entitlements':
      return { reply: listEntitlements(call, customer, view) };
    case 'list-orders':
      return { reply: listOrders(call, customer, view) };
    case 'get-order':
    case 'patch-order':
    case 'get-provisioning-status':
      return onOrder(call, customer, view);
    case 'list-subscriptions':
      return { reply: listSubscriptions(call, customer, view) };
    case 'get-subscription':
    case 'patch-subscription':
    case 'list-azure-entitlements':
    case 'get-azure-entitlement':
    case 'cancel-azure-entitlement':
    case 'activate-subscription':
      return onSubscription(call, customer, view);
    default:
      return { reply: readCustomer(call.route, customer, world.tenantId, view) };
  }
}

function deleteCustomer(customer: Customer, { customers, deleted, view }: World): Outcome {
  const reply = deletionReply(customer, view);
  if (reply.status !== 204) return { reply };
  const { id, domain, expected } = customer;
  customers.delete(id);
  deleted.push({
    id,
    domain,
    deletedAtMs: view.nowMs,
    ...(expected === undefined ? {} : { expected }),
  });
  return { reply, change: { kind: 'delete-customer', id: customer.id } };
}

/** Article get-a-collection-of-entitlements. */
function listEntitlements({ query }: Call, customer: Customer, view: View): Reply {
  const asked = query.get('entitlementtype')?.toLowerCase();
  // An old value that still works.
  const type = asked === 'virtualmachinereservedinstance' ? 'reservedinstance' : asked;
  const showExpiry = query.get('showexpiry')?.toLowerCase() === 'true';
  return json(entitlementsOf(customer, { type, showExpiry }, view));
}

/** "It may take up to 15 minutes" for a new order to appear (article get-all-of-a-customer-s-orders). */
function listOrders({ query }: Call, customer: Customer, view: View): Reply {
  const shown = customer.orders
    .filter((order) => isVisible(order, view))
    .map((order) => ({ order, resource: orderResource(customer, order, view) }))
    .filter(({ resource }) => isBilled(resource, query.get('billingtype')));
  const reply = json(collection(shown.map(({ resource }) => withPrices(resource, query))));
  for (const { order } of shown) countRead(order);
  return reply;
}

function onOrder(call: Call, customer: Customer, view: View): Outcome {
  const order = findOrder(customer, call.route.orderId, view);
  if (order === undefined) return { reply: unknownOrder(call.route.orderId) };
  if (call.route.operation === 'get-order') {
    return { reply: readOrder(call, customer, order, view) };
  }
  if (call.route.operation === 'get-provisioning-status') {
    return { reply: provisioningStatus(order) };
  }
  if (call.bodyProblem !== undefined) return { reply: invalidInput(call.bodyProblem) };
  const { reply, change } = patchOrder(customer, order, call.body, ifMatchOf(call), view);
  return change === undefined ? { reply } : { reply, change: { kind: change, id: order.id } };
}

function readOrder({ query }: Call, customer: Customer, order: Order, view: View): Reply {
  const reply = json(withPrices(orderResource(customer, order, view), query));
  countRead(order);
  return reply;
}

function listSubscriptions({ query }: Call, customer: Customer, view: View): Reply {
  const orderId = query.get('order_id');
  const shown = customer.subscriptions
    .filter((one) => isVisible(one, view) && (orderId === undefined || one.orderId === orderId))
    .map((one) => ({ one, resource: subscriptionResource(customer, one, view) }))
    .filter(({ resource }) => isBoughtThrough(resource, query.get('mpn_id')));
  const reply = json(collection(shown.map(({ resource }) => resource)));
  for (const { one } of shown) countRead(one);
  return reply;
}

function onSubscription(call: Call, customer: Customer, view: View): Outcome {
  const { operation, subscriptionId } = call.route;
  const subscription = findSubscription(customer, subscriptionId, view);
  if (subscription === undefined) return { reply: unknownSubscription(subscriptionId) };
  if (operation === 'get-subscription') {
    const reply = json(subscriptionResource(customer, subscription, view));
    countRead(subscription);
    return { reply };
  }
  if (operation === 'activate-subscription') {
    return written(activateSubscription(subscription, view), subscription.id);
  }
  if (operation !== 'patch-subscription') return onAzure(call, customer, subscription, view);
  if (call.bodyProblem !== undefined) return { reply: invalidInput(call.bodyProblem) };
  const ifMatch = ifMatchOf(call);
  return written(
    patchSubscription(customer, subscription, call.body, ifMatch, view),
    subscription.id,
  );
}

const written = ({ reply, change }: WriteReply, id: string): Outcome =>
  change === undefined ? { reply } : { reply, change: { kind: change, id } };

function onAzure(call: Call, customer: Customer, subscription: Subscription, view: View): Outcome {
  const { operation, entitlementId } = call.route;
  const all = subscription.azureEntitlements;
  if (operation === 'list-azure-entitlements') {
    const refused = notAzure(subscription, view);
    if (refused !== undefined) return { reply: refused };
    const reply = json(collection(all.map((one) => azureEntitlementItem(one, view))));
    all.forEach(countRead);
    return { reply };
  }
  const entitlement = all.find((one) => one.id === entitlementId);
  if (entitlement === undefined) return { reply: unknownAzureEntitlement(entitlementId) };
  if (operation === 'get-azure-entitlement') {
    const reply = json(azureEntitlementResource(customer, entitlement, view));
    countRead(entitlement);
    return { reply };
  }
  if (call.bodyProblem !== undefined) return { reply: noCancellation };
  const { reply, change } = cancelAzureEntitlement(customer, entitlement, call.body, view);
  // What ends at once shows in the plan's etag at once, as what ends later does later.
  if (change !== undefined && entitlement.change === undefined) subscription.version += 1;
  return written({ reply, ...(change === undefined ? {} : { change }) }, entitlement.id);
}

/** The bare etag: "quote it" (article test-and-debug), though unquoted ones are taken too; `*` fits every version. */
function ifMatchOf({ headers }: Call): string | undefined {
  const header = headers.get('if-match')?.trim();
  if (header === undefined || header === '' || header === '*') return undefined;
  return header.replace(/^W\//, '').replace(/^"(.*)"$/, '$1');
}
