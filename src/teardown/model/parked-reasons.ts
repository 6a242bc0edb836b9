import type { Reasons, ReasonWithNextStep } from './reason.ts';

/** The teardown ended without deletion, and a person has to act. */
export const PARKED_REASONS = {
  unauthorized: {
    meaning: 'the credentials are refused',
    nextStep:
      'Check PARTNER_CENTER_CLOUD, and the application and its roles in the sandbox account (Account settings > App management; Admin agent is the safe role), then request the teardown again.',
  },
  'not-a-sandbox': {
    meaning: 'nothing proves that this is the sandbox',
    nextStep:
      'Check whose credentials these are: SANDBOX_TENANT_ID must be the tenant of your integration sandbox and the credentials must belong to it. Then request the teardown again.',
  },
  'agreement-missing': {
    meaning: "an agreement is not accepted, or the partner's account is not active",
    nextStep:
      "Have a Global administrator of the partner's sandbox account sign in to Partner Center and accept the Microsoft Partner Agreement (Account settings > Agreements), then request the teardown again.",
  },
  'customer-under-review': {
    meaning: "Microsoft reviews the customer's account",
    nextStep:
      "Microsoft reviews the customer's account, which takes some days. Request the teardown again in a few days; if it is still under review then, ask Partner Center support.",
  },
  'customer-not-approved': {
    meaning: "Microsoft has not approved the customer's account",
    nextStep:
      "Microsoft has not approved the customer's account: correct its company name and address in Partner Center, or ask Partner Center support, then request the teardown again.",
  },
  'customer-locked': {
    meaning: "Microsoft has locked the customer's account",
    nextStep:
      "Microsoft has locked the customer's account: ask Partner Center support to unlock it, then request the teardown again.",
  },
  'cannot-cancel': {
    meaning:
      'no call cancels it: it is too old, its window is over, or its product allows no such change',
    nextStep: 'Ask Partner Center support to cancel these orders, then request the teardown again.',
  },
  'savings-plan': {
    meaning: 'an Azure savings plan: only the Azure portal cancels it',
    nextStep:
      'Partner Center cannot cancel an Azure savings plan: cancel it in the Azure portal, or wait for its end, then request the teardown again.',
  },
  trial: {
    meaning: 'a trial ends by itself, and not before',
    nextStep:
      'A trial cannot be cancelled: check in Partner Center that its auto-renew is off, wait for its end, then request the teardown again.',
  },
  'purchase-order-missing': {
    meaning: 'an order waits for a document or for its review',
    nextStep:
      'An order waits for a document or for its review: upload its purchase order in Partner Center (Orders), or have the order rejected, then request the teardown again.',
  },
  'unknown-product': {
    meaning: 'this app does not know how to release it',
    nextStep:
      'Cancel this purchase by hand in Partner Center, report its product type, then request the teardown again.',
  },
  'pending-operation': {
    meaning: 'an operation at Microsoft does not end',
    nextStep:
      'The subscription has an operation under way; request the teardown again after 24 hours.',
  },
  'invalid-request': {
    meaning: 'the service refuses what this app sends',
    nextStep:
      'Partner Center refuses the request itself, which is a bug of this app: report it with the answer in this event. Until it is fixed, cancel the purchase by hand in Partner Center, then request the teardown again.',
  },
  deadline: {
    meaning: 'the time is used up',
    nextStep:
      'Check in Partner Center what still blocks the deletion, release it by hand or ask support, then request the teardown again.',
  },
  'too-many-checks': {
    meaning: 'the checks are used up',
    nextStep:
      'Check in Partner Center what still blocks the deletion, release it by hand or ask support, then request the teardown again.',
  },
  'dead-lettered': {
    meaning: 'Service Bus gave up on its message',
    nextStep:
      'Find the exception in the log by the teardown id and fix its cause, then request the teardown again under a new MessageId.',
  },
  'newer-version': {
    meaning: 'its check is of a newer version of this app, which did not come back in time',
    nextStep:
      'If this app was put back to an earlier version, deploy the newer one again. Otherwise someone else has sent the check: see who may send to teardown-checks. Then request the teardown again under a new MessageId.',
  },
  unexpected: {
    meaning: 'an answer without a rule',
    nextStep:
      'Read the answer in this event; if the app should handle it, report it. Then request the teardown again.',
  },
} as const satisfies Reasons<ReasonWithNextStep>;
