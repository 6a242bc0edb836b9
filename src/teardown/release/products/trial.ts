import { defined } from '../../../shared/defined.ts';
import { isOver } from '../../inventory/subscription-states.ts';
import type { Subscription } from '../../model/purchases.ts';
import { isOfTheCatalogue } from './catalogue.ts';
import type { Release, ReleaseStrategy } from './strategy.ts';
import { beganAtMs } from './subscription-path.ts';

/**
 * A new-commerce trial lasts thirty days. Meanwhile neither its status nor its quantity can be changed; only auto-renew
 * can be turned off. Source: https://learn.microsoft.com/partner-center/create-a-new-subscription
 */
export const trial: ReleaseStrategy = ({ subscription }) =>
  subscription?.isTrial && isNewCommerce(subscription)
    ? {
        product: 'new-commerce trial',
        risk: 'certain-window',
        isReleased: isOver(subscription),
        steps: [],
        unreleasable: 'trial',
        ...endOf(subscription),
      }
    : undefined;

const LASTS_MS = 30 * 24 * 60 * 60 * 1000;

function endOf(subscription: Subscription): Pick<Release, 'endsMs'> {
  if (subscription.isEndUnreadable) return {};
  const beganMs = beganAtMs(subscription);
  const lastMs = beganMs === undefined ? undefined : beganMs + LASTS_MS;
  return defined({ endsMs: subscription.commitmentEndMs ?? lastMs });
}

/** Some samples of new commerce have no product type, but their offers are of the catalogue, unlike legacy offers. */
function isNewCommerce({ productType, isMicrosoftProduct, offerId }: Subscription): boolean {
  return (
    productType === 'onlineservicesnce' ||
    (productType === '' && isMicrosoftProduct !== false && isOfTheCatalogue(offerId))
  );
}
