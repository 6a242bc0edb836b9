import type { ReleaseStrategy } from './strategy.ts';
import { endSubscription } from './subscription-path.ts';
import { isEnded } from './subscription-states.ts';

const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Legacy offers say nothing of a product type, or one of these. */
const LEGACY_TYPES: ReadonlySet<string> = new Set(['', 'onlineservices']);

/**
 * Legacy subscriptions (offers named by a GUID, or `MS-AZR-…` for legacy Azure) are suspended.
 * Source: "Suspend a subscription", learn.microsoft.com/partner-center/developer.
 */
export const legacySubscription: ReleaseStrategy = ({ subscription }) =>
  subscription &&
  LEGACY_TYPES.has(subscription.productType) &&
  (GUID.test(subscription.offerId) || /^ms-azr-/i.test(subscription.offerId))
    ? {
        product: 'legacy subscription',
        isReleased: isEnded(subscription),
        steps: endSubscription(subscription, 'suspended'),
      }
    : undefined;
