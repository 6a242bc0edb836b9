import type { Subscription } from '../purchases.ts';
import type { Step } from './strategy.ts';

/** Releases a purchase by updating its subscription. */
export function endSubscription(
  subscription: Subscription,
  status: 'deleted' | 'suspended',
): readonly Step[] {
  return [[{ kind: 'end-subscription', subscription, status }]];
}
