import type { ParkReason } from '../model/advice.ts';

/**
 * What a person does, by the reason of a `parked` outcome: the message for it where the case itself says no more.
 * `docs/operate.md` has the same reasons, with more room.
 */
export const NEXT_STEPS = {
  unauthorized:
    'Check PARTNER_CENTER_CLOUD, and the application and its roles in the sandbox account (Account settings > App management; Admin agent is the safe role), then request the teardown again.',
  'not-a-sandbox':
    'These credentials belong to a production account. Set TEARDOWN_MODE to "off" and replace them before anything else.',
  'agreement-missing':
    "Have a Global administrator of the partner's sandbox account sign in to Partner Center and accept the Microsoft Partner Agreement (Account settings > Agreements), then request the teardown again.",
  'customer-under-review':
    "Microsoft reviews the customer's account, which takes some days. Request the teardown again in a few days; if it is still under review then, ask Partner Center support.",
  'customer-not-approved':
    "Microsoft has not approved the customer's account: correct its company name and address in Partner Center, or ask Partner Center support, then request the teardown again.",
  'customer-locked':
    "Microsoft has locked the customer's account: ask Partner Center support to unlock it, then request the teardown again.",
  'cannot-cancel':
    'Ask Partner Center support to cancel these orders, then request the teardown again.',
  'savings-plan':
    'Partner Center cannot cancel an Azure savings plan: cancel it in the Azure portal, or wait for its end, then request the teardown again.',
  trial:
    'A trial cannot be cancelled: turn off its auto-renew in Partner Center, wait for its end, then request the teardown again.',
  'purchase-order-missing':
    'An order waits for a document or for its review: upload its purchase order in Partner Center (Orders), or have the order rejected, then request the teardown again.',
  'unknown-product':
    'Cancel this purchase by hand in Partner Center, report its product type, then request the teardown again.',
  'pending-operation':
    'The subscription has an operation under way; request the teardown again after 24 hours.',
  'invalid-request':
    'Partner Center refuses the request itself, which is a mistake of this app: report it with the answer kept in this event. Until it is mended, cancel the purchase by hand in Partner Center, then request the teardown again.',
  deadline:
    'See what still blocks in Partner Center, release it by hand or ask support, then request the teardown again.',
  'too-many-checks':
    'See what still blocks in Partner Center, release it by hand or ask support, then request the teardown again.',
  'dead-lettered':
    'Find the exception in the log by the teardown id and mend its cause, then request the teardown again under a new MessageId.',
  unexpected:
    'Read the answer kept in this event; if it should be handled, report it. Then request the teardown again.',
} as const satisfies Readonly<Record<ParkReason, string>>;

/** Article create-a-customer: a customer made with an invalid address in the sandbox cannot be deleted at all. */
export const DELETION_REFUSED =
  'Nothing is known that blocks the deletion. A sandbox customer that was created with an invalid address can never be deleted: check its address in Partner Center (Customers > Account), ask Partner Center support, and protect the customer meanwhile.';
