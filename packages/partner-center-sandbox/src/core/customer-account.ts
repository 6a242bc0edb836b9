import { type Reply, refuse } from './answer.ts';
import type { Customer } from './model.ts';
import type { View } from './resources.ts';
import type { Operation } from './routes.ts';

/**
 * What keeps the partner from transactions, in the codes of article error-codes. Which calls are transactions is INFERRED:
 * every write; whether DELETE customer is one, a setting.
 */

const TRANSACTIONS: ReadonlySet<Operation> = new Set([
  'patch-order',
  'patch-subscription',
  'cancel-azure-entitlement',
  'activate-subscription',
]);

export function accountRefusal(
  operation: Operation,
  { account }: Customer,
  { settings, nowMs }: View,
): Reply | undefined {
  const covered =
    TRANSACTIONS.has(operation) ||
    (operation === 'delete-customer' && settings.accountBlocksDeletion);
  if (!covered) return undefined;
  if (settings.partnerAccount !== 'in-order') return inWords(settings.partnerAccount, settings);
  return account === undefined || account.untilMs <= nowMs
    ? undefined
    : inWords(account.kind, settings);
}

type State = NonNullable<Customer['account']>['kind'] | 'program-inactive';

function inWords(state: State, { underReviewCode }: View['settings']): Reply {
  switch (state) {
    case 'under-review':
      return refuse(
        403,
        underReviewCode,
        'Your customer account is currently under review. Check back in few days. Your patience is appreciated during this time.',
      );
    case 'not-approved':
      return refuse(
        403,
        '800075',
        'Your Customer account was not approved. Transactions for this customer are not allowed.',
      );
    case 'agreement-missing':
      return refuse(
        403,
        '900124',
        'Your company has not accepted the Microsoft Partner Agreement (MPA).',
      );
    case 'reseller-program-inactive':
      return refuse(403, '800039', 'Reseller program status is not active.');
    case 'program-inactive':
      return refuse(403, '900149', 'Cloud Solution Provider program status is not active.');
  }
}
