import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Inventory } from '../../../src/teardown/inventory/inventory.ts';
import { planItemsOf } from '../../../src/teardown/release/plan-items.ts';
import {
  CUSTOMER_ID,
  entitlement,
  inventory,
  line,
  NOW_MS,
  order,
  subscription,
} from '../builders.ts';

// What version 2 of a fingerprint stands for, written out: a plan that is reviewed under one release of this app is to be
// the same under the next one, or its version is another.

const digest = (content: unknown): string =>
  createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 32);

const itemsOf = (more: Partial<Inventory>) => planItemsOf(inventory(more));

const LEGACY = '031c9e47-4802-4248-838e-778fb1d2cc05';
const BOUGHT_MS = order().createdMs ?? 0;
const named = line({ subscriptionId: 'subscription-1' });
const ofOrder = order({ lines: [named] });

const cancelOrder = 'PATCH /v1/customers//orders/order-1 (status cancelled)';
const cancelLine = 'PATCH /v1/customers//orders/order-1 (status cancelled, only line 0)';
const deleted = 'PATCH /v1/customers//subscriptions/subscription-1 (status deleted)';
const suspended = 'PATCH /v1/customers//subscriptions/subscription-1 (status suspended)';
const activate = 'POST /v1/customers//subscriptions/subscription-1/activate';

describe('the digest of a purchase', () => {
  const { offerId } = subscription();
  const identityOfOrder = ['order-1', BOUGHT_MS];
  const identityOfLine = [0, named.offerId, 1, 'subscription-1'];
  const sold = (offer: string) => ['subscription-1', offer, 1, BOUGHT_MS, 'order-1'];

  it.each<[string, Partial<Inventory>, readonly unknown[], readonly (readonly string[])[]]>([
    [
      'new commerce: its end, and its activation where that is asked for first',
      { subscriptions: [subscription()] },
      [null, null, sold(offerId), null],
      [[deleted], [activate]],
    ],
    [
      'a licence of an order: its suspension, and its line where that is refused',
      { orders: [ofOrder], subscriptions: [subscription({ productType: '', offerId: LEGACY })] },
      [identityOfOrder, identityOfLine, sold(LEGACY), null],
      [[suspended], [cancelLine]],
    ],
    [
      'a licence without an order: its suspension alone',
      { subscriptions: [subscription({ productType: '', offerId: LEGACY })] },
      [null, null, sold(LEGACY), null],
      [[suspended], []],
    ],
    [
      'software of an order: its line, or its subscription when that is too old or is refused',
      { orders: [ofOrder], subscriptions: [subscription({ productType: 'software' })] },
      [identityOfOrder, identityOfLine, sold(offerId), null],
      [
        [cancelLine, deleted],
        [deleted, activate],
      ],
    ],
    [
      'a one-time purchase: its order',
      { orders: [order({ lines: [] })] },
      [identityOfOrder, null, null, null],
      [[cancelOrder], []],
    ],
    [
      'what an entitlement alone tells of: its order',
      { entitlements: [entitlement()] },
      [null, null, null, ['order-1', 'p']],
      [[cancelOrder], []],
    ],
    [
      'a trial: no call',
      { subscriptions: [subscription({ isTrial: true })] },
      [null, null, sold(offerId), null],
      [[], []],
    ],
  ])('stands for %s', (_what, world, identity, calls) => {
    const sorted = calls.map((each) => each.toSorted());
    const digests = itemsOf(world).map((each) => each.digest);
    expect(digests).toContain(digest([[CUSTOMER_ID, ...identity], sorted]));
  });

  it('tells a missing date, order or named subscription from a given one', () => {
    const {
      createdMs: _date,
      orderId: _order,
      ...bare
    } = subscription({ productType: 'software' });
    const { createdMs: _made, ...dateless } = order({ lines: [line({ offerId: bare.offerId })] });
    const [ofLine, whole] = itemsOf({ orders: [dateless], subscriptions: [bare] });
    const sameOffer = [0, bare.offerId, 1];
    expect(ofLine?.digest).toBe(
      digest([[CUSTOMER_ID, 'line', 'order-1', null, ...sameOffer, 'subscription-1'], []]),
    );
    expect(whole?.digest).toBe(
      digest([
        [
          CUSTOMER_ID,
          ['order-1', null],
          [...sameOffer, null],
          ['subscription-1', bare.offerId, 1, null, null],
          null,
        ],
        [[cancelLine], [deleted]],
      ]),
    );
  });

  it('of a line tells a missing subscription from a given one', () => {
    const { offerId: offer } = line();
    expect(itemsOf({ orders: [order()] }).map((each) => each.digest)).toEqual([
      digest([[CUSTOMER_ID, 'line', 'order-1', BOUGHT_MS, 0, offer, 1, null], []]),
      digest([
        [CUSTOMER_ID, identityOfOrder, [0, offer, 1, null], null, null],
        [[cancelLine], []],
      ]),
    ]);
  });
});

describe('the digests of an Azure plan', () => {
  const plan = subscription({ productType: 'azure', orderId: 'order-9' });
  const azure = { id: 'azure-1', planId: 'subscription-1', status: 'active' };
  const cancelAzure =
    'POST /v1/customers//subscriptions/subscription-1/azureEntitlements/azure-1/cancel';

  it('stand for its suspension, and apart from it for the end of each Azure subscription', () => {
    const items = itemsOf({ subscriptions: [plan], azureEntitlements: [azure] });
    const identity = ['subscription-1', plan.offerId, 1, NOW_MS - 24 * 3_600_000, 'order-9'];
    expect(items.map((each) => each.digest)).toEqual([
      digest([
        [CUSTOMER_ID, null, null, identity, null],
        [[suspended], []],
      ]),
      digest([[CUSTOMER_ID, 'azure-1'], [[cancelAzure]]]),
    ]);
  });
});

describe('the digest of an entitlement', () => {
  it('stands for its order under both names, its type, its product and how much it is', () => {
    const whole = entitlement({ alternateOrderId: 'alternate-1' });
    const bare = entitlement({ orderId: 'other', quantity: 2 });
    const digests = itemsOf({ entitlements: [whole, bare] }).map((each) => each.digest);
    const type = 'reservedinstance';
    expect(digests).toContain(
      digest([[CUSTOMER_ID, 'entitlement', 'order-1', 'alternate-1', type, 'p', 1], []]),
    );
    expect(digests).toContain(
      digest([[CUSTOMER_ID, 'entitlement', 'other', null, type, 'p', 2], []]),
    );
  });

  it('does not exist where entitlements could not be read', () => {
    const { entitlements: _none, ...rest } = inventory();
    expect(planItemsOf({ ...rest, entitlements: undefined })).toEqual([]);
  });

  it('differs for the second of two equal ones', () => {
    const digests = itemsOf({ entitlements: [entitlement(), entitlement(), entitlement()] })
      .map((each) => each.digest)
      .slice(-3);
    const first = digests[0];
    expect(digests).toEqual([first, digest([first, 1]), digest([first, 2])]);
  });
});
