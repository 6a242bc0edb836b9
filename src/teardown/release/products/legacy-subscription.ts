import { isGuid } from '../../../shared/guid.ts';
import { isLegacyAzureOffer } from '../../inventory/azure-plans.ts';
import { isOverOrSuspended } from '../../inventory/subscription-states.ts';
import type { Subscription } from '../../model/purchases.ts';
import type { ReleaseStrategy } from './strategy.ts';
import { endSubscription } from './subscription-path.ts';

/**
 * Suspended by a migration to new commerce, as its suspension reason says. That a reason says so is INFERRED; without
 * one the service refuses the deletion while the migration lasts.
 */
function isMigrating({ status, suspensionReasons }: Subscription): boolean {
  const isByMigration = suspensionReasons?.some((reason) => /migrat/i.test(reason));
  return status === 'suspended' && isByMigration === true;
}

/** The product types of legacy offers; most have none. */
const LEGACY_TYPES: ReadonlySet<string> = new Set(['', 'onlineservices']);

/**
 * Legacy subscriptions (offers named by a GUID, or `MS-AZR-…` for legacy Azure) are suspended, at any age. One that a
 * migration to new commerce suspended is not released: it may become active again within 72 hours, unless another one
 * names it as what it was before.
 * Sources: https://learn.microsoft.com/partner-center/developer/suspend-a-subscription,
 * https://learn.microsoft.com/partner-center/migrate-subscriptions-to-new-commerce
 */
export const legacySubscription: ReleaseStrategy = ({ subscription, isMigrated }) =>
  subscription && isLegacy(subscription)
    ? {
        product: 'legacy subscription',
        risk: 'never-late',
        isReleased:
          isOverOrSuspended(subscription) && (isMigrated === true || !isMigrating(subscription)),
        steps: endSubscription(subscription, 'suspended'),
      }
    : undefined;

function isLegacy({ offerId, productType }: Subscription): boolean {
  const isLegacyType = LEGACY_TYPES.has(productType);
  return isLegacyAzureOffer(offerId)
    ? isLegacyType || productType === 'azure'
    : isLegacyType && isGuid(offerId);
}
