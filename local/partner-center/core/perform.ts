import { missingCustomer, readAccount } from './account-reads.ts';
import { collection, invalidInput, json, type Reply, refuse } from './answer.ts';
import { appOnlyRefusal } from './app-and-user.ts';
import type { Caller } from './caller.ts';
import { readCustomer } from './customer-reads.ts';
import { deletionReply } from './customers.ts';
import type { Elsewhere } from './elsewhere.ts';
import { look, settle } from './life-cycle.ts';
import { isBilled, isBoughtThrough } from './list-filters.ts';
import {
  findOrder,
  findSubscription,
  isVisible,
  unknownOrder,
  unknownSubscription,
} from './lookup.ts';
import type { AzureEntitlement, Customer, Order, Subscription } from './model.ts';
import { patchOrder } from './orders.ts';
import { forbidden, lockedOut } from './permissions.ts';
import { withPrices } from './prices.ts';
import { provisioningStatus } from './provisioning-status.ts';
import { queryProblem } from './query-parameters.ts';
import type { WriteRecord } from './records.ts';
import {
  azureEntitlementResource,
  entitlementsOf,
  orderResource,
  subscriptionResource,
  type View,
} from './resources.ts';
import type { Route } from './routes.ts';
import type { DeletedCustomer } from './state.ts';
import { cancelAzureEntitlement, patchSubscription } from './subscriptions.ts';

/** One authenticated call on a known path, its names in lower case where case does not count. */
export interface Call {
  readonly route: Route;
  readonly query: ReadonlyMap<string, string>;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: unknown;
  /** Why the body could not be read as JSON. */
  readonly bodyProblem: string | undefined;
  readonly caller: Caller;
}

export interface World {
  readonly tenantId: string;
  readonly view: View;
  readonly customers: Map<string, Customer>;
  /** Those that were deleted, oldest first. */
  readonly deleted: DeletedCustomer[];
  /** The other accounts that there are. */
  readonly elsewhere: Elsewhere;
}

export interface Outcome {
  readonly reply: Reply;
  /** The change that was made, if any, and to what. */
  readonly change?: { readonly kind: WriteRecord['kind']; readonly id: string };
}

/** Does what the call asks, by the rules of its operation. */
export function perform(call: Call, world: World): Outcome {
  const { route } = call;
  const refused = refusal(call, world.view) ?? readAccount(call, world);
  if (refused !== undefined) return { reply: refused };
  const customer = world.customers.get(route.customerId);
  if (customer === undefined) return { reply: missingCustomer(route.customerId, world) };
  settle(customer, world.view.nowMs);
  const locked = lockedOut(route.operation, customer);
  if (locked !== undefined) return { reply: locked };
  const outcome = onCustomer(call, customer, world);
  // What a software order takes with it shows in the same answer's customer, so settle again.
  if (outcome.change !== undefined) settle(customer, world.view.nowMs);
  return outcome;
}

const refusal = ({ route, caller, query }: Call, { settings }: View): Reply | undefined =>
  forbidden(route.operation, caller, settings) ??
  appOnlyRefusal(route.operation, caller, settings) ??
  queryProblem(route.operation, query);

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
  for (const { order } of shown) look(order);
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
  look(order);
  return reply;
}

function listSubscriptions({ query }: Call, customer: Customer, view: View): Reply {
  const orderId = query.get('order_id');
  const shown = customer.subscriptions
    .filter((one) => isVisible(one, view) && (orderId === undefined || one.orderId === orderId))
    .map((one) => ({ one, resource: subscriptionResource(customer, one, view) }))
    .filter(({ resource }) => isBoughtThrough(resource, query.get('mpn_id')));
  const reply = json(collection(shown.map(({ resource }) => resource)));
  for (const { one } of shown) look(one);
  return reply;
}

function onSubscription(call: Call, customer: Customer, view: View): Outcome {
  const { operation, subscriptionId } = call.route;
  const subscription = findSubscription(customer, subscriptionId, view);
  if (subscription === undefined) return { reply: unknownSubscription(subscriptionId) };
  if (operation === 'get-subscription') {
    const reply = json(subscriptionResource(customer, subscription, view));
    look(subscription);
    return { reply };
  }
  const reads = operation === 'list-azure-entitlements' || operation === 'get-azure-entitlement';
  if (reads) return onAzure(call, subscription, view);
  if (call.bodyProblem !== undefined) return { reply: invalidInput(call.bodyProblem) };
  if (operation !== 'patch-subscription') return onAzure(call, subscription, view);
  const { reply, change } = patchSubscription(
    customer,
    subscription,
    call.body,
    ifMatchOf(call),
    view,
  );
  return change === undefined
    ? { reply }
    : { reply, change: { kind: change, id: subscription.id } };
}

function onAzure(call: Call, subscription: Subscription, { nowMs }: View): Outcome {
  const { operation, entitlementId } = call.route;
  const all = subscription.azureEntitlements;
  if (operation === 'list-azure-entitlements') {
    const reply = json(collection(all.map(azureEntitlementResource)));
    all.forEach(look);
    return { reply };
  }
  const entitlement = all.find((one) => one.id === entitlementId);
  if (entitlement === undefined) {
    return { reply: refuse(404, '1000', `Azure entitlement ${entitlementId} not found.`) };
  }
  if (operation === 'get-azure-entitlement') return { reply: readAzure(entitlement) };
  const { reply, change } = cancelAzureEntitlement(entitlement, call.body, nowMs);
  if (change === undefined) return { reply };
  // What ends at once shows in the plan's etag at once, as what ends later does later.
  if (entitlement.change === undefined) subscription.version += 1;
  return { reply, change: { kind: change, id: entitlement.id } };
}

function readAzure(entitlement: AzureEntitlement): Reply {
  const reply = json(azureEntitlementResource(entitlement));
  look(entitlement);
  return reply;
}

/** The bare etag: "quote it" (article test-and-debug), though unquoted ones are taken too; `*` fits every version. */
function ifMatchOf({ headers }: Call): string | undefined {
  const header = headers.get('if-match')?.trim();
  if (header === undefined || header === '' || header === '*') return undefined;
  return header.replace(/^W\//, '').replace(/^"(.*)"$/, '$1');
}
