import type { ErrorRow, Park } from './error-action.ts';
import { park, RELEASING_CALLS } from './row-parts.ts';

const cannotCancel = park('cannot-cancel');
const tooLate: Park = { ...cannotCancel, isAboutAge: true };
/** Something that is listed late may be the cause, and a fresh list may show that it is resolved. */
const cannotCancelOnceSettled: Park = { ...cannotCancel, onceSettled: true };
const useSubscriptions = { kind: 'use-subscriptions', otherwise: cannotCancelOnceSettled } as const;

/** This call does not release this purchase: another one does, or none, or it is released already. */
export const purchaseErrors: readonly ErrorRow[] = [
  {
    name: 'order only by its subscriptions',
    statuses: [400],
    codes: ['800063'],
    operations: ['cancel-order'],
    action: useSubscriptions,
  },
  {
    name: 'marketplace order only by its subscriptions',
    statuses: [403],
    codes: ['800077'],
    operations: ['cancel-order'],
    action: useSubscriptions,
  },
  {
    name: 'legacy order only by its subscriptions',
    statuses: [403],
    codes: ['900263'],
    operations: ['cancel-order'],
    action: useSubscriptions,
  },
  {
    name: 'legacy subscription only by its order',
    statuses: [403],
    codes: ['900263'],
    operations: ['end-subscription'],
    action: { kind: 'use-order', otherwise: cannotCancel },
  },
  {
    name: 'not supported for legacy subscriptions',
    statuses: [403],
    codes: ['900263'],
    action: cannotCancel,
  },
  {
    // INFERRED that activation helps: its article speaks only of billing.
    name: 'to be activated first',
    statuses: [400],
    codes: ['800081'],
    operations: ['end-subscription'],
    action: { kind: 'activate-first' },
  },
  {
    name: 'order cannot be cancelled',
    statuses: [400],
    codes: ['800061'],
    action: tooLate,
  },
  {
    name: 'cancellation window has passed',
    statuses: [400],
    codes: ['900117', '900213'],
    action: tooLate,
  },
  {
    name: 'updates of this offer not allowed',
    statuses: [400, 403],
    codes: ['2006'],
    action: cannotCancel,
  },
  {
    name: 'updated too many times',
    statuses: [400],
    codes: ['900311'],
    action: park(
      'cannot-cancel',
      'The subscription has been updated too many times: contact Partner Center support, then request the teardown again.',
    ),
  },
  {
    name: 'suspended already',
    statuses: [400],
    codes: ['800091'],
    operations: ['end-subscription'],
    action: {
      kind: 'already-suspended',
      otherwise: {
        ...park(
          'cannot-cancel',
          'A suspended subscription of this kind still counts: resume it in Partner Center (status active), then request the teardown again.',
        ),
        onceSettled: true,
      },
    },
  },
  {
    name: 'status cannot change',
    statuses: [400],
    codes: ['800040', '800096', '900279'],
    action: cannotCancelOnceSettled,
  },
  {
    name: 'not an active subscription',
    statuses: [400],
    codes: ['800011', '800012', '800021', '800030'],
    action: cannotCancelOnceSettled,
  },
  {
    name: 'already deleted subscription',
    statuses: [400],
    codes: ['2011'],
    operations: ['end-subscription'],
    action: { kind: 'already-released' },
  },
  { name: 'savings plan', statuses: [403], codes: ['900321'], action: park('savings-plan') },
  { name: 'trial', statuses: [400], codes: ['800107'], action: park('trial') },
  {
    name: 'purchase order missing',
    statuses: [400],
    codes: ['900252', '900253', '900254'],
    action: park('purchase-order-missing'),
  },
  {
    name: 'not supported at all',
    statuses: [400],
    codes: ['800042', '900127', '900141'],
    operations: RELEASING_CALLS,
    action: cannotCancel,
  },
  {
    name: 'not eligible for this transaction',
    statuses: [400, 403],
    codes: [
      ...['4018', '800022', '800023', '800024', '800025', '800026'],
      ...['800062', '800069', '900121'],
    ],
    operations: RELEASING_CALLS,
    action: cannotCancel,
  },
];
