import type { Cluster } from './cluster.ts';
import type { Effect } from './effects.ts';
import { newPurchase } from './purchases.ts';

const LOCK_MS = 61_000;
const MAX_OUTAGE_MS = 120_000;
const MINUTE_MS = 60_000;

/** A fault between two steps; true if it happened. */
export type FaultInjection = (cluster: Cluster) => boolean;

/** Every fault that people and machines cause. */
export const faultInjections: readonly [FaultInjection, ...FaultInjection[]] = [
  diesBefore,
  diesAfter,
  losesLocks,
  resendsMessage,
  stopsSending,
  buysSomething,
  changesAzureSubscription,
  deletesCustomer,
  revokesTokens,
  pausesDeliveries,
];

function effectsOfInstances({ world }: Cluster): Effect[] {
  return world.effects.waiting.filter(({ instance }) => instance >= 0);
}

function someEffect(cluster: Cluster): Effect | undefined {
  const [first, ...rest] = effectsOfInstances(cluster);
  return first && cluster.world.choices.among([first, ...rest]);
}

function diesBefore(cluster: Cluster): boolean {
  const effect = someEffect(cluster);
  if (effect === undefined) return false;
  cluster.kill(effect.instance);
  cluster.world.met.add('instance died before an effect');
  return true;
}

function diesAfter(cluster: Cluster): boolean {
  const effect = someEffect(cluster);
  if (effect === undefined) return false;
  cluster.world.effects.run(effect, false);
  cluster.kill(effect.instance);
  cluster.world.met.add('instance died after an effect');
  return true;
}

/** Everything stops for longer than a lock lasts. */
function losesLocks({ world, running }: Cluster): boolean {
  if (running.length === 0) return false;
  world.time.advance(LOCK_MS);
  return true;
}

function resendsMessage({ world }: Cluster): boolean {
  const [first, ...rest] = world.scenario.requests;
  if (first === undefined) return false;
  const plan = world.choices.among([first, ...rest]);
  // Only a message that was sent before: its first sending is a step of its own.
  if (world.effects.waiting.some(({ name }) => name === `request ${plan.messageId}`)) return false;
  world.request(plan);
  world.met.add('message sent twice');
  return true;
}

function stopsSending({ world, bus }: Cluster): boolean {
  bus.downUntilMs = world.time.nowMs + world.choices.between(1, 4) * (MAX_OUTAGE_MS / 4);
  world.met.add('sending down for a while');
  return true;
}

function buysSomething({ world, oracle }: Cluster): boolean {
  const customer = world.choices.pick(world.customers.length);
  const bought = newPurchase(world.choices);
  try {
    world.sandbox.addPurchase(world.customers[customer]?.id ?? '', bought);
  } catch {
    // A customer that is deleted, or has used up its quota, buys nothing.
    return false;
  }
  oracle.somebodyBought(customer, bought);
  world.met.add('bought during the teardown');
  return true;
}

/** Someone creates an Azure subscription under an active plan, or activates one again (articles azure-plan-manage and create-azure-plan). */
function changesAzureSubscription({ world, oracle }: Cluster): boolean {
  const customer = world.choices.pick(world.customers.length);
  const { id = '' } = world.customers[customer] ?? {};
  const asKept = world.sandbox.state().customers.find((each) => each.id === id);
  const plan = asKept?.subscriptions.find(
    ({ kind, status }) => kind === 'azure-plan' && status === 'active',
  );
  if (plan === undefined) return false;
  const cancelled = plan.azureEntitlements.find(({ status }) => status === 'inactive');
  world.sandbox.activateAzureSubscription(id, plan.id, cancelled?.id);
  oracle.somebodyActivated(customer, cancelled?.id);
  world.met.add('active again in the Azure portal');
  return true;
}

/** Someone else deletes the customer as soon as nothing blocks it, and perhaps creates it again. */
function deletesCustomer({ world, oracle }: Cluster): boolean {
  const customer = world.choices.pick(world.customers.length);
  const { sandbox } = world;
  const answer = sandbox.handle({
    method: 'DELETE',
    path: `/v1/customers/${world.customers[customer]?.id}`,
    caller: sandbox.appOnlyCaller,
  });
  if (answer.status !== 204) return false;
  oracle.somebodyDeleted(customer);
  world.met.add('deleted by someone else');
  if (world.choices.chance(0.5)) {
    const { domain = '' } = world.customers[customer] ?? {};
    world.addCustomer({ domain, purchases: [{ kind: 'reservation' }] });
    world.met.add('deleted and created again');
  }
  return true;
}

function revokesTokens({ world, partnerCenter }: Cluster): boolean {
  if (world.met.has('token revoked')) return false;
  partnerCenter.revokeTokens();
  world.met.add('token revoked');
  return true;
}

/** The queues deliver nothing for a while. */
function pausesDeliveries(cluster: Cluster): boolean {
  const { choices, time } = cluster.world;
  cluster.pausedUntilMs = time.nowMs + choices.between(1, 5) * MINUTE_MS;
  return true;
}
