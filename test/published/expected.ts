/**
 * What each sample has to be decided to be, from the articles, an hour after the purchase: at the first check, and
 * when the lists show all there is. `wait`: no call now; `park …`: no call will ever release it, by the words
 * or the reason that say so; several: the articles leave it open.
 */

export type Expected = readonly [first: readonly string[], settled: readonly string[]];

const both = (...decisions: string[]): Expected => [decisions, decisions];

/** A line names a subscription that the list, which holds all states, does not show (yet, or any more). */
const unlisted: Expected = [['wait'], ['delete']];
/** Article get-all-of-a-customer-s-orders, 15 minutes: nothing is judged before the lists agree. */
const unknown: Expected = [['wait'], ['park unknown-product']];
/** Article error-codes, 900321: managed in the Azure portal only. */
const savingsPlan = both('park savings plan');
/** Not processed yet: waiting, or named already; in no case a write. */
const savingsPlanOrdered = both('wait', 'park savings plan');
/** Article cancel-an-order-from-the-integration-sandbox: by order or by subscription; the order is not listed. */
const software: Expected = [
  ['cancel-order', 'end-subscription deleted', 'wait'],
  ['cancel-order', 'end-subscription deleted'],
];
/** Articles pending-po-upload and po-upload-complete-status: a person may have to act. INFERRED: wait, try, park. */
const forAPerson: Expected = [['wait'], ['wait', 'cancel-order', 'park purchase order']];
const legacy = both('end-subscription suspended');
const marketplace = both('end-subscription deleted');

export const expected: Readonly<Record<string, Expected>> = {
  'accept-a-transfer #1': unknown,
  'azure-purchase-savings-plan #1': savingsPlanOrdered,
  'azure-purchase-savings-plan #2': savingsPlanOrdered,
  'azure-purchase-savings-plan #3': [['wait', 'park savings plan'], ['park savings plan']],
  'azure-purchase-savings-plan #4': [['wait', 'park savings plan'], ['park savings plan']],
  'azure-purchase-savings-plan #5': savingsPlan,
  'azure-purchase-savings-plan #6': savingsPlan,
  'cancel-an-azure-marketplace-subscription #2': both('delete'),
  'cancel-an-azure-subscription #3': both(
    'cancel-azure-entitlement, later end-subscription suspended',
  ),
  'cancel-an-order-from-the-integration-sandbox #3': both('delete'),
  'cancel-software-purchases #3': both('cancel-order'),
  'change-the-billing-cycle #2': unlisted,
  'change-the-quantity-of-a-subscription #3': legacy,
  'change-the-quantity-of-a-subscription #4': both('end-subscription deleted'),
  'checkout-a-cart #1': both('wait'),
  'checkout-a-cart #2': both('wait'),
  'create-an-order #2': both('wait'),
  'create-an-order-for-a-customer-of-an-indirect-reseller #2': unlisted,
  'create-scheduled-changes #2': marketplace,
  'get-a-collection-of-entitlements #1': both('cancel-order, cancel-order'),
  'get-a-collection-of-entitlements #2': both('cancel-order'),
  'get-a-list-of-add-ons-for-a-subscription #1': legacy,
  'get-a-list-of-azure-entitlements-for-subscription #1': both(
    'cancel-azure-entitlement, later end-subscription suspended',
  ),
  'get-a-list-of-orders-by-customer-and-billing-cycle-type #1': both('wait'),
  'get-a-list-of-subscriptions-by-order #1': legacy,
  'get-a-subscription-by-id #1': legacy,
  'get-a-subscription-by-id #2': legacy,
  'get-a-subscription-by-id #3': both('delete'),
  'get-all-of-a-customer-s-orders #1': both('wait'),
  'get-all-of-a-customer-s-subscriptions #1': legacy,
  'get-all-of-a-customer-s-subscriptions #2': software,
  'get-all-subscriptions-by-partner #1': legacy,
  'get-an-azure-entitlement-for-a-subscription #1': both('end-subscription suspended'),
  'get-an-order-by-id #1': both('cancel-order'),
  'manage-billing-frequency-software-subs #2': software,
  'pending-po-upload #1': forAPerson,
  'po-upload-complete-status #1': forAPerson,
  'purchase-an-add-on-to-a-subscription #2': unlisted,
  'reactivate-a-suspended-a-subscription #2': legacy,
  'suspend-a-subscription #2': both('delete'),
  'update-a-cart #1': both('wait'),
  'update-a-subscription-by-id #3': legacy,
  'update-autorenew-for-an-azure-marketplace-subscription #3': marketplace,
  'update-the-nickname-for-a-subscription #2': legacy,
};

/** Those with `refundOptions` or `cancellationAllowedUntilDate`, within forty days of the purchase. */
export const tellsItsEnd: readonly string[] = [
  'change-the-quantity-of-a-subscription #4',
  'create-scheduled-changes #2',
  'get-all-of-a-customer-s-subscriptions #2',
  'manage-billing-frequency-software-subs #2',
  'update-autorenew-for-an-azure-marketplace-subscription #3',
];

/** Sixty days bind what is cancelled by its order, and nothing else. */
export const afterSixtyDays: Readonly<Record<string, string>> = {
  'cancel-software-purchases #3': 'park cannot-cancel',
  'get-an-order-by-id #1': 'park cannot-cancel',
  'get-a-subscription-by-id #1': 'end-subscription suspended',
  'get-a-subscription-by-id #2': 'end-subscription suspended',
  'get-all-subscriptions-by-partner #1': 'end-subscription suspended',
  'get-a-list-of-azure-entitlements-for-subscription #1':
    'cancel-azure-entitlement, later end-subscription suspended',
};

/** What the samples' error bodies mean where a list of subscriptions is asked for. */
export const expectedMeanings: Readonly<Record<string, string>> = {
  'api-throttling-guidance #1': 'requeue',
  'assign-licenses-to-a-user #1': 'park unexpected',
  'assign-licenses-to-a-user #2': 'park unexpected',
  'assign-licenses-to-a-user #3': 'park unauthorized',
  'change-the-quantity-of-a-subscription #5': 'park unexpected',
  'confirm-customer-consent-customer-agreement #1': 'park unexpected',
  'error-codes #1': 'park unexpected',
  'get-partner-by-mpn-id #1': 'customer-gone',
  'retrieve-validation-status #6': 'customer-gone',
  ...Object.fromEntries(
    Array.from({ length: 10 }, (_, index) => [
      `verify-indirect-reseller-mpa-status #${index + 1}`,
      'park unexpected',
    ]),
  ),
};
