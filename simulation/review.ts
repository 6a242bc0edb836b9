import type { Cluster } from './cluster.ts';
import { type Subscription, wordOf } from './oracle/raw.ts';
import { newPurchase } from './purchases.ts';
import type { RequestPlan } from './scenario.ts';
import { AUDIT } from './service-bus.ts';

/** A person takes longer to read a plan than a list stays stale. */
const READING_MS = 10 * 60_000;
const MAX_MESSAGES = 250;
const AT_ONCE = {
  visibleAfterMs: 0,
  subscriptionVisibleAfterMs: 0,
  entitlementVisibleAfterMs: 0,
} as const;

interface Planned {
  readonly id: string;
  readonly data: { readonly fingerprint?: string };
}

/**
 * Reviews the plans that requests name before any fault, as a person does: by a dry run and the fingerprint in its
 * outcome. Then some customers change, and new instances take over.
 */
export async function reviewPlans(
  cluster: Cluster,
  untilQuiet: () => Promise<void>,
): Promise<void> {
  const { world, oracle } = cluster;
  const plans = world.scenario.requests.filter(({ ifUnchanged }) => ifUnchanged !== undefined);
  if (plans.length === 0) return;
  for (const plan of plans) {
    const review = reviewOf(plan);
    world.request(review);
    oracle.asked(review);
  }
  await untilQuiet();
  const changed = new Set(
    plans.flatMap(({ ifUnchanged, customer }) =>
      ifUnchanged === 'changed since' && change(cluster, customer) ? [customer] : [],
    ),
  );
  const events = world.bus.peek(AUDIT, 0, MAX_MESSAGES).map(({ content }) => content.body);
  for (const plan of plans) {
    const { messageId } = reviewOf(plan);
    const event = (events as Planned[]).find(({ id }) => id === `${messageId}:outcome`);
    const fingerprint = event?.data.fingerprint;
    // Without a plan the request has no `ifUnchanged`.
    if (fingerprint === undefined) continue;
    world.reviews.set(plan.messageId, { fingerprint, changed: changed.has(plan.customer) });
  }
  world.time.advance(READING_MS);
  cluster.restart();
}

function reviewOf({ messageId, customer }: RequestPlan): RequestPlan {
  return {
    messageId: `review-${messageId}`,
    dryRun: true,
    reviewOf: messageId,
    ...(customer !== undefined && { customer }),
  };
}

/** Changes a customer by a purchase or a subscription's status; false if neither is possible. */
function change(cluster: Cluster, place = -1): boolean {
  const { world, oracle } = cluster;
  const { id = '' } = world.customers[place] ?? {};
  if (world.choices.chance(0.5) && endSubscription(cluster, place)) return true;
  // The lists show it at once, or the change could not be detected.
  const bought = { ...newPurchase(world.choices), ...AT_ONCE };
  try {
    world.sandbox.addPurchase(id, bought);
  } catch {
    // The quota is used up.
    return endSubscription(cluster, place);
  }
  oracle.somebodyBought(place, bought);
  return true;
}

/** As in the portal: only the status of one subscription changes. */
function endSubscription({ world, oracle }: Cluster, place: number): boolean {
  const { id: customerId = '', spec } = world.customers[place] ?? {};
  // What is accepted and never done changes nothing.
  if (spec?.purchases?.some(({ neverCancels }) => neverCancels)) return false;
  const { sandbox } = world;
  const caller = sandbox.appOnlyCaller;
  const path = `/v1/customers/${customerId}/subscriptions`;
  const list = sandbox.handle({ method: 'GET', path, caller });
  // A customer that was deleted has no list.
  const { items = [] } = list.body as { items?: readonly Subscription[] };
  const ended = items
    .filter(({ status }) => wordOf(status) === 'active')
    .some((item) =>
      endsOf(item).some((status) => {
        const body = { ...item, status };
        const answer = sandbox.handle({
          method: 'PATCH',
          path: `${path}/${item.id}`,
          body,
          caller,
        });
        return answer.status === 200 || answer.status === 202;
      }),
    );
  oracle.somebodyChanged(place);
  return ended;
}

/** Suspended new commerce must still be cancelled. */
function endsOf({ productType }: Subscription): readonly string[] {
  return wordOf(productType?.id) === 'onlineservicesnce' ? ['deleted'] : ['deleted', 'suspended'];
}
