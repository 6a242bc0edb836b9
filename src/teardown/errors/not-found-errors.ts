import type { ErrorRow } from './error-action.ts';
import { customerGone, READS_OF_A_CUSTOMER, requeue } from './row-parts.ts';

/** Something does not exist: the customer, or something that a list may show later. */
export const notFoundErrors: readonly ErrorRow[] = [
  {
    name: 'customer gone at its deletion',
    statuses: [404],
    operations: ['delete-customer'],
    byService: true,
    action: customerGone,
  },
  {
    name: 'order not listed yet',
    statuses: [404],
    operations: ['cancel-order'],
    action: requeue,
  },
  {
    name: 'subscription not found',
    statuses: [404],
    operations: [
      'end-subscription',
      'turn-off-auto-renew',
      'activate-subscription',
      'cancel-azure-entitlement',
    ],
    action: requeue,
  },
  {
    // 800111: https://learn.microsoft.com/partner-center/developer/cancel-an-azure-subscription
    name: 'no such thing of this customer',
    statuses: [404],
    codes: ['20000', '20003', '800111'],
    operations: READS_OF_A_CUSTOMER,
    action: requeue,
  },
  {
    // 1000, 60002 or 60003: which of them stands for an unknown customer is UNCONFIRMED.
    name: 'customer not found',
    statuses: [404],
    operations: READS_OF_A_CUSTOMER,
    byService: true,
    action: customerGone,
  },
  {
    name: 'not found by a gateway',
    statuses: [404],
    operations: [...READS_OF_A_CUSTOMER, 'delete-customer'],
    action: requeue,
  },
  {
    // 900159: https://learn.microsoft.com/partner-center/developer/cancel-an-azure-subscription
    name: 'no relationship with this customer',
    statuses: [403],
    codes: ['20002', '900159'],
    action: customerGone,
  },
  {
    name: 'invalid customer id',
    statuses: [400],
    codes: ['900118'],
    action: customerGone,
  },
  {
    name: 'relationship does not exist',
    statuses: [400],
    codes: ['3000'],
    operations: [...READS_OF_A_CUSTOMER, 'delete-customer'],
    action: customerGone,
  },
];
