import { type Reply, refuse } from './answer.ts';
import { beginChange } from './life-cycle.ts';
import type { Customer, Subscription, SubscriptionStatus } from './model.ts';
import { products } from './products.ts';
import type { SandboxSettings } from './settings.ts';

/** Rules between a subscription and its add-ons, which name it as their `parentSubscriptionId`. */

const OVER: ReadonlySet<SubscriptionStatus> = new Set(['deleted', 'expired', 'disabled']);

/** Ended, or on its way there. */
function isEnding({ kind, status, change }: Subscription): boolean {
  const { finalStatus } = products[kind];
  return OVER.has(status) || status === finalStatus || change?.to === finalStatus;
}

const addOnsOf = (customer: Customer, { id }: Subscription) =>
  customer.subscriptions.filter((one) => one.parentSubscriptionId === id && !isEnding(one));

/** What an add-on or its parent cannot become now. */
export function addOnProblem(
  customer: Customer,
  subscription: Subscription,
  wanted: string,
  { endingParent }: SandboxSettings,
): Reply | undefined {
  const parent = customer.subscriptions.find(({ id }) => id === subscription.parentSubscriptionId);
  if (wanted === 'active' && parent !== undefined && parent.status !== 'active') {
    return refuse(
      409,
      '27009',
      'Cannot enable a child subscription, when the parent subscription is not Active.',
    );
  }
  const ends = wanted === products[subscription.kind].finalStatus;
  const holds = ends && endingParent === 'refused' && addOnsOf(customer, subscription).length > 0;
  return holds
    ? refuse(400, '800096', 'Cannot update the status for this subscription.')
    : undefined;
}

/** "Suspending the base subscription also suspends any associated add-ons" of legacy licences (article create-a-new-subscription). */
function endsAddOns({ kind }: Subscription, { endingParent }: SandboxSettings): boolean {
  return (
    endingParent === 'ends-add-ons' || (endingParent === 'as-in-articles' && kind === 'licence')
  );
}

/** Ends the add-ons of a subscription that ends, and theirs, where the setting says so. */
export function endAddOns(
  customer: Customer,
  parent: Subscription,
  settings: SandboxSettings,
  nowMs: number,
): void {
  if (!endsAddOns(parent, settings) || !isEnding(parent)) return;
  for (const addOn of addOnsOf(customer, parent)) {
    const { finalStatus } = products[addOn.kind];
    if (finalStatus === undefined) continue;
    addOn.version += 1;
    if (settings.slowPatch !== 'accepted') addOn.status = 'pending';
    beginChange(addOn, finalStatus, addOn.cancelling, nowMs);
    endAddOns(customer, addOn, settings, nowMs);
  }
}
