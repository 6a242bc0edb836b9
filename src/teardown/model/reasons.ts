/** Every reason in an event, and its meaning. The log, the events and the docs are generated from these. */

export const DELETED_REASONS = {
  released: 'everything was released',
  'already-gone': 'somebody else deleted it, or an earlier call did',
} as const;

export const PLANNED_REASONS = {
  'dry-run': 'only a plan was asked for or allowed',
} as const;

/** A guard rejected the teardown. */
export const SKIPPED_REASONS = {
  'switched-off': 'TEARDOWN_MODE is off',
  protected: 'a protection names the customer',
  'no-longer-included': 'the rules of the sweep that requested it no longer include it',
  'unexpected-domain': 'the domain is not expectedDomain',
  'not-idle': 'something was bought within minIdle, whatever list shows it',
  changed: 'the customer is not as in the plan of ifUnchanged',
} as const;

export const REJECTED_REASONS = {
  'malformed-message': 'the message cannot be read',
  'foreign-check': 'a message on teardown-checks that this app did not send',
  'unknown-customer': 'the sandbox has no such customer',
} as const;

/** Each needs a person. `nextStep` is the advice where an error has no better one; `docs/operate.md` says more. */
export const PARKED_REASONS = {
  unauthorized: {
    meaning: 'the credentials are refused',
    nextStep:
      'Check PARTNER_CENTER_CLOUD, and the application and its roles in the sandbox account (Account settings > App management; Admin agent is the safe role), then request the teardown again.',
  },
  'not-a-sandbox': {
    meaning: 'nothing proves that this is the sandbox',
    nextStep:
      'These credentials belong to a production account. Set TEARDOWN_MODE to "off" and replace them before anything else.',
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
    meaning: 'no call cancels it',
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
  unexpected: {
    meaning: 'an answer without a rule',
    nextStep:
      'Read the answer in this event; if the app should handle it, report it. Then request the teardown again.',
  },
} as const satisfies Readonly<
  Record<string, { readonly meaning: string; readonly nextStep: string }>
>;

/** Why a sweep requested nothing; some of these also end a teardown. */
export const SWEEP_REFUSED_REASONS = {
  'switched-off': SKIPPED_REASONS['switched-off'],
  'no-rules': 'SWEEP_INCLUDE is empty',
  'past-due': 'the sweep runs too late after its due time',
  'not-a-sandbox': PARKED_REASONS['not-a-sandbox'].meaning,
  'no-answer': 'Partner Center did not answer',
  'enough-slots-free': 'enough of the 75 slots are free',
  'too-many-matches': 'more customers match than SWEEP_MAX_CUSTOMERS',
} as const;

export const SWEEP_REASONS = {
  'grace-period': 'the requests follow after the period of grace',
  requested: 'the requests are scheduled',
} as const;

export type ParkReason = keyof typeof PARKED_REASONS;
export type SkipReason = keyof typeof SKIPPED_REASONS;
export type SweepRefusal = keyof typeof SWEEP_REFUSED_REASONS;

/** Advice for a person: why the teardown ended, and what to do. */
export interface Advice {
  readonly reason: ParkReason;
  readonly nextStep: string;
}

/** The usual advice for a reason. */
export function adviceFor(reason: ParkReason): Advice {
  return { reason, nextStep: PARKED_REASONS[reason].nextStep };
}

/** Each reason with its meaning. */
export const REASONS = {
  ...DELETED_REASONS,
  ...PLANNED_REASONS,
  ...SKIPPED_REASONS,
  ...REJECTED_REASONS,
  ...SWEEP_REFUSED_REASONS,
  ...SWEEP_REASONS,
  ...meaningsOf(PARKED_REASONS),
};

function meaningsOf<K extends string>(
  reasons: Readonly<Record<K, { readonly meaning: string }>>,
): Readonly<Record<K, string>> {
  const entries = Object.entries<{ readonly meaning: string }>(reasons);
  return Object.fromEntries(entries.map(([reason, { meaning }]) => [reason, meaning])) as Record<
    K,
    string
  >;
}
