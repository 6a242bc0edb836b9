import type { Seen } from './contract.ts';
import { kindOf } from './products.ts';
import type { Order, Subscription } from './shapes.ts';
import { bare } from './spelling.ts';

/** What lists say of themselves where the articles have it in several ways. */

export function noteOrder(seen: Seen, { billingCycle }: Order): void {
  if (bare(billingCycle) === 'onetime') seen.note('billing cycle one_time', billingCycle);
}

export function noteSubscription(seen: Seen, subscription: Subscription): void {
  const { attributes, refundOptions, productType, cancellationAllowedUntilDate } = subscription;
  const kind = kindOf(subscription);
  seen.note(attributes?.etag ? 'with an etag' : 'without an etag', kind);
  seen.note(`product type of ${kind}`, JSON.stringify(productType ?? null));
  if (cancellationAllowedUntilDate) seen.note('with cancellationAllowedUntilDate', kind);
  for (const option of refundOptions ?? []) {
    for (const name of ['expiresAt', 'expiresAfter'].filter((each) => each in option)) {
      seen.note('refundDateName', name);
    }
  }
}
