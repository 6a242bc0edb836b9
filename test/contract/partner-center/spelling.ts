/** The words that the articles document, in whatever spelling they come. */

/** Letters only: `Pending review`, `pending_review` and `PendingReview` are one word, and so are both of `cancelled`. */
export const bare = (said: string) =>
  said
    .toLowerCase()
    .replaceAll(/[\s_-]/g, '')
    .replace(/^canceled$/, 'cancelled');

const oneOf = (words: string) => {
  const known = new Set(words.split(' '));
  return (said: string) => known.has(bare(said));
};

/** Article order-resources, OrderStatus. */
export const isOrderStatus = oneOf(
  'unknown completed pending cancelled suspended pendingreview pendingpoupload pouploadcomplete poreviewrejected partialsuccess error',
);

/** Article product-resources, BillingCycleType. */
export const isBillingCycle = oneOf('unknown monthly annual none onetime triennial');

/** Article subscription-resources. */
export const isSubscriptionStatus = oneOf('none active pending suspended expired disabled deleted');

/** Article cancel-an-azure-subscription knows the first two; the others are UNCONFIRMED. */
export const isAzureSubscriptionStatus = oneOf('active inactive cancelled deleted');
