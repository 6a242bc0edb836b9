import type { Operation } from '../refusal.ts';
import type { AnswerRow, Meaning, ParkReason } from './meaning.ts';

const lookAgain: Meaning = { kind: 'look-again' };
const customerGone: Meaning = { kind: 'customer-gone' };
const park = (reason: ParkReason, nextStep: string): Meaning & { kind: 'park' } => ({
  kind: 'park',
  reason,
  nextStep,
});

const READS_OF_A_CUSTOMER: readonly Operation[] = [
  'get-customer',
  'list-entitlements',
  'list-orders',
  'list-subscriptions',
  'list-azure-entitlements',
];

const CHECK_CREDENTIALS =
  'Check PARTNER_CENTER_CLOUD, and the application and its roles in the sandbox account (Account settings > App management; Admin agent is the safe role), then request the teardown again.';
const LEAVE_PRODUCTION =
  'These credentials belong to a production account. Set TEARDOWN_MODE to "off" and replace them before anything else.';
const cannotCancel = park(
  'cannot-cancel',
  'Ask Partner Center support to cancel these orders, then request the teardown again.',
);

/**
 * What Partner Center's answers mean, first match wins; an answer without a row is parked as `unexpected`.
 * Codes: "Partner Center REST error codes" (learn.microsoft.com/partner-center/developer/error-codes);
 * throttling: "API throttling guidance"; order rows: "Cancel an order from the integration sandbox".
 */
export const answerTable: readonly AnswerRow[] = [
  { name: 'throttled', statuses: [429], meaning: lookAgain },
  { name: 'request timed out', statuses: [408], meaning: lookAgain },
  {
    name: 'server error',
    statuses: (status) => status >= 500 && status <= 599,
    meaning: lookAgain,
  },
  { name: 'no answer', statuses: [0], meaning: lookAgain },
  {
    name: 'no answer that can be read',
    statuses: (status) => status >= 200 && status <= 299,
    unreadable: true,
    meaning: lookAgain,
  },
  { name: 'order in progress', statuses: [409], codes: ['800060'], meaning: lookAgain },
  { name: 'pending adjustment', statuses: [409], codes: ['800014'], meaning: lookAgain },
  {
    name: 'Azure subscription on its way already',
    statuses: [400, 409],
    codes: ['900278', '800040', '800096', '900279', '2011'],
    operations: ['cancel-azure-entitlement'],
    meaning: { kind: 'already-released' },
  },
  {
    name: 'pending operation',
    statuses: [409],
    codes: ['900278'],
    meaning: park(
      'pending-operation',
      'The subscription has an operation under way; request the teardown again after 24 hours.',
    ),
  },
  { name: 'still being provisioned', statuses: [400], codes: ['800082'], meaning: lookAgain },
  { name: 'etag out of date', statuses: [400], codes: ['2055'], meaning: lookAgain },
  { name: 'etag does not match', statuses: [412], meaning: lookAgain },
  { name: 'pre-condition failed', statuses: [417], codes: ['800036'], meaning: lookAgain },
  {
    name: 'audience no longer supported',
    statuses: [401],
    codes: ['900420'],
    meaning: park(
      'unauthorized',
      'The token was issued for an audience that Partner Center no longer accepts; check PARTNER_CENTER_API_URL and the cloud, then request the teardown again.',
    ),
  },
  { name: 'unauthorized', statuses: [401], meaning: park('unauthorized', CHECK_CREDENTIALS) },
  {
    name: 'production account',
    statuses: [403],
    codes: ['800019'],
    meaning: park('not-a-sandbox', LEAVE_PRODUCTION),
  },
  {
    name: 'deletion not supported in this environment',
    statuses: [400],
    codes: ['900127'],
    operations: ['delete-customer'],
    meaning: park('not-a-sandbox', LEAVE_PRODUCTION),
  },
  {
    name: 'app-only not supported for entitlements',
    statuses: [403],
    codes: ['900329'],
    operations: ['list-entitlements'],
    meaning: { kind: 'go-on-without' },
  },
  {
    name: 'order only by its subscriptions',
    statuses: [400],
    codes: ['800063'],
    operations: ['cancel-order'],
    meaning: { kind: 'use-subscriptions' },
  },
  {
    name: 'marketplace order only by its subscriptions',
    statuses: [403],
    codes: ['800077'],
    operations: ['cancel-order'],
    meaning: { kind: 'use-subscriptions' },
  },
  {
    name: 'order cannot be cancelled',
    statuses: [400],
    codes: ['800061'],
    meaning: cannotCancel,
  },
  {
    name: 'cancellation window has passed',
    statuses: [400],
    codes: ['900117'],
    meaning: cannotCancel,
  },
  {
    name: 'status cannot change',
    statuses: [400],
    codes: ['800040', '800096', '900279'],
    meaning: { ...cannotCancel, onceSettled: true },
  },
  {
    name: 'already deleted subscription',
    statuses: [400],
    codes: ['2011'],
    operations: ['end-subscription'],
    meaning: { kind: 'already-released' },
  },
  {
    name: 'Azure subscriptions still active',
    statuses: [403],
    codes: ['900115'],
    meaning: lookAgain,
  },
  {
    name: 'deletion accepted in no documented way',
    statuses: (status) => status >= 200 && status <= 299,
    operations: ['delete-customer'],
    meaning: lookAgain,
  },
  {
    name: 'customer gone at its deletion',
    statuses: [404],
    operations: ['delete-customer'],
    byService: true,
    meaning: customerGone,
  },
  {
    name: 'order not listed yet',
    statuses: [404],
    operations: ['cancel-order'],
    meaning: lookAgain,
  },
  {
    name: 'subscription not found',
    statuses: [404],
    operations: ['end-subscription', 'cancel-azure-entitlement'],
    meaning: lookAgain,
  },
  {
    name: 'customer not found',
    statuses: [404],
    operations: READS_OF_A_CUSTOMER,
    byService: true,
    meaning: customerGone,
  },
  {
    name: 'not found by a gateway',
    statuses: [404],
    operations: [...READS_OF_A_CUSTOMER, 'delete-customer'],
    meaning: lookAgain,
  },
  {
    name: 'no relationship with this customer',
    statuses: [403],
    codes: ['20002'],
    meaning: customerGone,
  },
  {
    name: 'invalid customer id',
    statuses: [400],
    codes: ['900118'],
    meaning: customerGone,
  },
  {
    name: 'relationship does not exist',
    statuses: [400],
    codes: ['3000'],
    operations: [...READS_OF_A_CUSTOMER, 'delete-customer'],
    meaning: customerGone,
  },
  {
    name: 'role or consent missing',
    statuses: [403],
    codes: ['2032', '900150', '900308', '900309', '900329', '1002'],
    meaning: park('unauthorized', CHECK_CREDENTIALS),
  },
  {
    name: 'deletion refused while purchases block',
    statuses: [400, 403, 409],
    operations: ['delete-customer'],
    description: /cannot be (?:removed|deleted)|following orders|still (?:has|active)|active /i,
    meaning: lookAgain,
  },
];
