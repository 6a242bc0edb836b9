import { isOver } from '../../inventory/subscription-states.ts';
import type { Subscription } from '../../model/purchases.ts';
import { isOfTheCatalogue } from './catalogue.ts';
import type { ReleaseStrategy } from './strategy.ts';

/**
 * A new-commerce trial lasts thirty days, and neither its status nor its quantity can be changed meanwhile; only
 * auto-renew can be turned off. Source: "Create a new subscription", manage trials.
 */
export const trial: ReleaseStrategy = ({ subscription }) =>
  subscription?.isTrial && isNewCommerce(subscription)
    ? {
        product: 'new-commerce trial',
        risk: 'certain-window',
        isReleased: isOver(subscription),
        steps: [],
        unreleasable: 'trial',
      }
    : undefined;

/** Some samples of new commerce have no product type; its offers are of the catalogue, unlike legacy ones. */
function isNewCommerce({ productType, isMicrosoftProduct, offerId }: Subscription): boolean {
  return (
    productType === 'onlineservicesnce' ||
    (productType === '' && isMicrosoftProduct !== false && isOfTheCatalogue(offerId))
  );
}
