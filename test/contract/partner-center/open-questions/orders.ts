import type { PurchaseSpec } from 'partner-center-sandbox/core';
import { answered, holding, kept } from './answered.ts';

const old = holding(
  { kind: 'reservation', ageDays: 61 },
  { kind: 'perpetual-software', ageDays: 61 },
);
/** Two lines, of which one failed. */
const inPart = (kind: PurchaseSpec['kind']) =>
  holding({ kind, lines: 2, orderStatus: 'partial_success' });
const AN_ORDER = 'cancelling an order that reads';

/** What is cancelled by order. */
export const orders = [
  answered({ repeatedCancel: 'in-progress' }, { repeatedCancel: ['409/800060'] }),
  answered(
    { repeatedCancel: 'refused' },
    { repeatedCancel: ['400/800061'], 'cancelling a cancelled order': ['400/800061'] },
  ),
  answered({ cancellingOrderReads: 'as-before' }, { cancellingOrderReads: ['completed'] }),
  answered({ cancellingOrderReads: 'cancelled' }, { cancellingOrderReads: ['cancelled'] }),
  answered({ unknownLineCode: '3000' }, { unknownLineCode: ['400/3000'] }),
  // What the suite sends is the spelling of the samples.
  answered({ cancelledIsSent: 'cancelled' }),
  answered(
    { cancelledEntitlements: 'vanish', refuseEntitlementsToAppOnly: false },
    { cancelledEntitlements: ['vanish'] },
  ),
  answered({ deleteRefusal: { status: 403, code: '800061' } }, { deleteRefusal: ['403/800061'] }),
  answered({ cancelTakesMs: { lowest: 0, highest: 0 } }, { repeatedCancel: [] }),
  answered({ cancelTakesMs: { lowest: 15 * 60_000, highest: 15 * 60_000 } }),
  ...(
    [
      ['by-product', ['400/800061', '400/900117']],
      ['800061', ['400/800061']],
      ['900117', ['400/900117']],
    ] as const
  ).map(([tooOldCode, codes]) =>
    answered(
      { tooOldCode },
      { [`${AN_ORDER} completed`]: codes },
      { ...kept, of: 'older than 60 days', customer: old },
    ),
  ),
  answered(
    { softwareWindows: 'as-in-production' },
    { [`${AN_ORDER} completed`]: ['400/900117'] },
    {
      ...{ ...kept, of: 'older than 30 days' },
      customer: holding({ kind: 'perpetual-software', ageDays: 31 }),
    },
  ),
  ...(
    [
      ['in-progress', ['409/800060']],
      ['refused', ['400/800061']],
    ] as const
  ).map(([cancelUnderReview, codes]) =>
    answered(
      { cancelUnderReview },
      { [`${AN_ORDER} pendingreview`]: codes },
      {
        ...{ ...kept, of: 'under review' },
        customer: holding({ kind: 'perpetual-software', orderStatus: 'pending_review' }),
      },
    ),
  ),
  answered(
    { cancelUnderReview: 'accepted' },
    {},
    {
      of: 'waiting for its purchase order',
      customer: holding({ kind: 'perpetual-software', orderStatus: 'pending_po_upload' }),
    },
  ),
  ...(['hold-nothing', 'hold'] as const).map((failedOrders) =>
    answered(
      { failedOrders },
      { [`${AN_ORDER} error`]: failedOrders === 'hold' ? [] : ['400/800061'] },
      {
        of: 'an order in error',
        customer: holding({ kind: 'perpetual-software', orderStatus: 'error' }),
      },
    ),
  ),
  ...(['absent', 'not-found', 'listed'] as const).map((failedLineSubscription) =>
    answered(
      { failedLineSubscription },
      {},
      { of: 'a line that failed', customer: inPart('new-commerce') },
    ),
  ),
  ...(['unfulfilled', 'absent'] as const).map((failedLineEntitlement) =>
    answered(
      { failedLineEntitlement, refuseEntitlementsToAppOnly: false },
      {},
      { of: 'a line that failed', customer: inPart('reservation') },
    ),
  ),
  ...(['accepted', 'refused'] as const).map((cancelPartialSuccess) =>
    answered(
      { cancelPartialSuccess },
      { [`${AN_ORDER} partialsuccess`]: cancelPartialSuccess === 'refused' ? ['400/800061'] : [] },
      {
        of: 'a line that failed',
        customer: inPart('perpetual-software'),
        mustEnd: cancelPartialSuccess === 'refused' ? 'kept' : 'deleted',
      },
    ),
  ),
  answered({ ordersFollowSubscriptions: 'never' }),
  answered({ ordersFollowSubscriptions: 'when-suspended-or-deleted' }),
];
