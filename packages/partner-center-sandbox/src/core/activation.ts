import type { WriteReply } from './answer.ts';
import { json, refuse } from './answer.ts';
import type { Subscription } from './model.ts';
import type { View } from './resources.ts';

/**
 * POST …/subscriptions/{id}/activate, in place of the publisher's site: article
 * activate-sandbox-subscription-azure-marketplace-products. Sandbox and marketplace SaaS only; which codes say so is INFERRED.
 */
export function activateSubscription(subscription: Subscription, { settings }: View): WriteReply {
  if (settings.production) {
    return { reply: refuse(400, '900127', 'This operation is not supported in this environment.') };
  }
  if (subscription.kind !== 'saas') {
    return { reply: refuse(400, '900141', 'This operation is not supported.') };
  }
  if (subscription.status !== 'active') {
    return { reply: refuse(400, '800012', 'This subscription is not an active subscription.') };
  }
  if (subscription.activated) {
    return { reply: refuse(400, '800041', 'This item has already been activated.') };
  }
  subscription.activated = true;
  subscription.version += 1;
  return {
    reply: json({ subscriptionId: subscription.id, status: 'Success' }),
    change: 'activate-subscription',
  };
}
