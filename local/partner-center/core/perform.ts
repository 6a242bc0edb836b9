import { activateSubscription } from './activation.ts';
import { collection, invalidInput, json, type Reply, refuse } from './answer.ts';
import {
  azureEntitlementItem,
  azureEntitlementResource,
  cancelAzureEntitlement,
  noCancellation,
  noCommerceRelationship,
  unknownAzureEntitlement,
} from './azure-entitlements.ts';
import type { Caller } from './caller.ts';
import { accountRefusal } from './customer-account.ts';
import { deletionReply, listCustomers, unknownCustomer } from './customers.ts';
import { look, settle } from './life-cycle.ts';
import type { Customer, Order, Subscription } from './model.ts';
import { patchOrder, type WriteReply } from './orders.ts';
import { forbidden, lockedOut } from './permissions.ts';
import { provisioningStatus } from './provisioning-status.ts';
import type { WriteRecord } from './records.ts';
import { customerResource, entitlementsOf, orderResource, type View } from './resources.ts';
import type { Operation, Route } from './routes.ts';
import type { DeletedCustomer } from './state.ts';
import { subscriptionResource } from './subscription-resource.ts';
import { patchSubscription } from './subscriptions.ts';

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
}

export interface Outcome {
  readonly reply: Reply;
  /** The change that was made, if any, and to what. */
  readonly change?: { readonly kind: WriteRecord['kind']; readonly id: string };
}

/** Does what the call asks, by the rules of its operation. */
export function perform(call: Call, world: World): Outcome {
  const { route } = call;
  const permission = permissionFor(route.operation);
  const denied = forbidden(permission, call.caller, world.view.settings);
  if (denied !== undefined) return { reply: denied };
  if (route.operation === 'list-customers') {
    return {
      reply: listCustomers(world.customers.values(), call.query, call.headers, world.view),
    };
  }
  const customer = world.customers.get(route.customerId);
  if (customer === undefined) {
    return { reply: noCustomer(route, world) };
  }
  settle(customer, world.view.nowMs);
  const refused =
    lockedOut(permission, customer) ?? accountRefusal(route.operation, customer, world.view);
  if (refused !== undefined) return { reply: refused };
  const outcome = onCustomer(call, customer, world);
  // What a software order takes with it shows in the same answer's customer, so settle again.
  if (outcome.change !== undefined) settle(customer, world.view.nowMs);
  return outcome;
}

/** Whoever may change a subscription may activate it (INFERRED). */
const permissionFor = (operation: Operation): Operation =>
  operation === 'activate-subscription' ? 'patch-subscription' : operation;

/** Two paths have a code of their own (article cancel-an-azure-subscription), unless the sandbox is told what to say. */
function noCustomer({ operation, customerId }: Route, { tenantId, view }: World): Reply {
  const reply = unknownCustomer(customerId, tenantId, view);
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
      return { reply: listOrders(customer, view) };
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
      return { reply: json(customerResource(customer)) };
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

/** Article get-a-collection-of-entitlements: "App+User credentials only"; the refusal is article error-codes'. */
function listEntitlements(call: Call, customer: Customer, view: View): Reply {
  if (call.caller.appOnly && view.settings.refuseEntitlementsToAppOnly) {
    return refuse(403, '900329', "This resource doesn't support application-only authentication.");
  }
  const asked = call.query.get('entitlementtype')?.toLowerCase();
  // An old value that still works.
  const type = asked === 'virtualmachinereservedinstance' ? 'reservedinstance' : asked;
  return json(entitlementsOf(customer, type, view));
}

const isVisible = (thing: { readonly visibleAtMs: number }, { nowMs }: View) =>
  thing.visibleAtMs <= nowMs;

/** "It may take up to 15 minutes" for a new order to appear (article get-all-of-a-customer-s-orders). */
function listOrders(customer: Customer, view: View): Reply {
  const orders = customer.orders.filter((order) => isVisible(order, view));
  const reply = json(collection(orders.map((order) => orderResource(customer, order, view))));
  orders.forEach(look);
  return reply;
}

function onOrder(call: Call, customer: Customer, view: View): Outcome {
  const { orderId } = call.route;
  const order = customer.orders.find(
    ({ id, alternateId }) =>
      id === orderId || (view.settings.orderByAlternateId && alternateId === orderId),
  );
  if (order === undefined || !isVisible(order, view)) {
    return { reply: refuse(404, '20000', `Order id ${call.route.orderId} not found.`) };
  }
  if (call.route.operation === 'get-order') return { reply: readOrder(customer, order, view) };
  if (call.route.operation === 'get-provisioning-status') {
    return { reply: provisioningStatus(order, call.caller) };
  }
  if (call.bodyProblem !== undefined) return { reply: invalidInput(call.bodyProblem) };
  const { reply, change } = patchOrder(customer, order, call.body, ifMatchOf(call), view);
  return change === undefined ? { reply } : { reply, change: { kind: change, id: order.id } };
}

function readOrder(customer: Customer, order: Order, view: View): Reply {
  const reply = json(orderResource(customer, order, view));
  look(order);
  return reply;
}

function listSubscriptions(call: Call, customer: Customer, view: View): Reply {
  const orderId = call.query.get('order_id');
  const subscriptions = customer.subscriptions.filter(
    (one) => isVisible(one, view) && (orderId === undefined || one.orderId === orderId),
  );
  const reply = json(
    collection(subscriptions.map((one) => subscriptionResource(customer, one, view))),
  );
  subscriptions.forEach(look);
  return reply;
}

function onSubscription(call: Call, customer: Customer, view: View): Outcome {
  const { operation, subscriptionId } = call.route;
  const subscription = customer.subscriptions.find((one) => one.id === subscriptionId);
  if (subscription === undefined || !isVisible(subscription, view)) {
    return { reply: refuse(404, '20003', `Subscription ${subscriptionId} not found.`) };
  }
  if (operation === 'get-subscription') {
    const reply = json(subscriptionResource(customer, subscription, view));
    look(subscription);
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
    const reply = json(collection(all.map((one) => azureEntitlementItem(one, view))));
    all.forEach(look);
    return { reply };
  }
  const entitlement = all.find((one) => one.id === entitlementId);
  if (entitlement === undefined) return { reply: unknownAzureEntitlement(entitlementId) };
  if (operation === 'get-azure-entitlement') {
    const reply = json(azureEntitlementResource(customer, entitlement, view));
    look(entitlement);
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
