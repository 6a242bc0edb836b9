import type { ErrorRow } from './error-action.ts';
import { park, READS_OF_A_CUSTOMER, READS_OF_AN_ACCOUNT, RELEASING_CALLS } from './row-parts.ts';

const notASandbox = park(
  'not-a-sandbox',
  'These credentials belong to a production account. Set TEARDOWN_MODE to "off" and replace them before anything else.',
);

/** Errors about an account, the partner's or the customer's, rather than a purchase. */
export const accountErrors: readonly ErrorRow[] = [
  {
    name: 'production account',
    statuses: [403],
    codes: ['800019'],
    action: notASandbox,
  },
  {
    // Only a sandbox deletes customers and activates subscriptions:
    // https://learn.microsoft.com/partner-center/developer/activate-sandbox-subscription-azure-marketplace-products
    name: 'not supported in this environment',
    statuses: [400],
    codes: ['900127'],
    operations: ['delete-customer', 'activate-subscription'],
    action: notASandbox,
  },
  {
    name: 'app-only not supported for entitlements',
    statuses: [403],
    codes: ['900329'],
    operations: ['list-entitlements'],
    action: { kind: 'go-on-without' },
  },
  {
    name: 'partner agreement not accepted',
    statuses: [403],
    codes: ['900123', '900124'],
    action: park('agreement-missing'),
  },
  {
    name: 'customer agreement not accepted',
    statuses: [403],
    codes: ['13605'],
    action: park(
      'agreement-missing',
      'Confirm in Partner Center that the customer has accepted the Microsoft Customer Agreement (Customers > Account), then request the teardown again.',
    ),
  },
  {
    name: 'partner programme not active',
    statuses: [403],
    codes: ['800039', '900149'],
    action: park(
      'agreement-missing',
      "The partner's account is not active in the programme: check its status in Partner Center (Account settings), have it reactivated, then request the teardown again.",
    ),
  },
  {
    name: 'customer not approved',
    statuses: [403],
    codes: ['800075'],
    action: park('customer-not-approved'),
  },
  {
    // In no article, but seen in practice.
    name: 'customer locked',
    statuses: [403],
    codes: ['900416'],
    action: park('customer-locked'),
  },
];

const AZURE_CANCELLATION =
  'Microsoft documents two ways to cancel an Azure subscription: a person who is both Global administrator and Admin agent (PARTNER_CENTER_SIGN_IN app-and-user), or the application alone (app-only). Give that person both roles, or switch to the other way, then request the teardown again.';

/**
 * The caller lacks a permission. These rows come after all others with a code, because a 401 or 403 without one goes by
 * its status.
 */
export const roleErrors: readonly ErrorRow[] = [
  {
    name: 'audience no longer supported',
    statuses: [401],
    codes: ['900420'],
    action: park(
      'unauthorized',
      'The token was issued for an audience that Partner Center no longer accepts; check PARTNER_CENTER_API_URL and the cloud, then request the teardown again.',
    ),
  },
  {
    // https://learn.microsoft.com/partner-center/developer/cancel-an-azure-subscription says both; which one holds is
    // UNCONFIRMED.
    name: 'Azure cancellation not allowed',
    statuses: [401, 403],
    operations: ['cancel-azure-entitlement'],
    action: park('unauthorized', AZURE_CANCELLATION),
  },
  { name: 'unauthorized', statuses: [401], action: park('unauthorized') },
  {
    // 1002 is in no article.
    name: 'role or consent missing',
    statuses: [403],
    codes: ['2032', '800043', '900150', '900308', '900309', '900329', '1002'],
    action: park('unauthorized'),
  },
  {
    // Refused deletions have rows of their own.
    name: 'forbidden without a code',
    statuses: [403],
    withoutCode: true,
    operations: [...READS_OF_A_CUSTOMER, ...RELEASING_CALLS, ...READS_OF_AN_ACCOUNT],
    action: park('unauthorized'),
  },
];
