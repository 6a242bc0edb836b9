import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { lowercaseKeys } from '../../../src/partner-center/http/lowercase-keys.ts';
import { readCustomer } from '../../../src/partner-center/resources/customer.ts';
import {
  readAzureEntitlement,
  readEntitlements,
} from '../../../src/partner-center/resources/entitlement.ts';
import { readOrder } from '../../../src/partner-center/resources/order.ts';
import {
  azureEntitlementStatus,
  billingCycle,
  orderStatus,
  subscriptionStatus,
} from '../../../src/partner-center/resources/status.ts';
import { readSubscription } from '../../../src/partner-center/resources/subscription.ts';

const DATE = '2026-11-22T00:00:00Z';
const MS = Date.UTC(2026, 10, 22);

describe('a resource with nothing but its id is read with nothing else: ', () => {
  it('a customer', () => {
    expect(readCustomer({ id: 'C' })).toStrictEqual({ id: 'c' });
    expect(readCustomer({ id: 'c', companyprofile: {} })).toStrictEqual({ id: 'c' });
  });

  it('an order, and each line of it', () => {
    const bare = { status: '', billingCycle: '' };
    expect(readOrder({ id: 'o' })).toStrictEqual({ id: 'o', ...bare, lines: [] });
    expect(readOrder({ id: 'o', lineitems: [{}, {}] })).toStrictEqual({
      id: 'o',
      ...bare,
      lines: [
        { lineItemNumber: 0, offerId: '', quantity: 1 },
        { lineItemNumber: 1, offerId: '', quantity: 1 },
      ],
    });
  });

  it('a subscription', () => {
    expect(readSubscription({ Id: 's' })).toStrictEqual({
      ...{ id: 's', offerId: '', offerName: '', productType: '', status: '', quantity: 1 },
      resource: { Id: 's' },
    });
  });

  it('an entitlement, of an order or of none', () => {
    expect(readEntitlements({ referenceorder: { id: 'o' } })).toStrictEqual([
      { orderId: 'o', type: '', productId: '', quantity: 1 },
    ]);
    const alone = [{ type: '', productId: '', quantity: 1 }];
    expect(readEntitlements({})).toStrictEqual(alone);
    const nulls = { id: null, alternateid: null, lineitemid: null };
    for (const referenceorder of [null, {}, nulls]) {
      expect(readEntitlements({ referenceorder, includedentitlements: null })).toStrictEqual(alone);
    }
  });
});

describe('a resource with all its fields is read with all of them:', () => {
  it('a customer', () => {
    const companyprofile = { domain: 'Contoso.Test', companyname: 'Contoso' };
    expect(readCustomer({ id: 'c', companyprofile })).toStrictEqual({
      id: 'c',
      domain: 'contoso.test',
      companyName: 'Contoso',
    });
    const secret = { domain: 'client_secret=a-secret-of-the-app', companyname: 'Contoso' };
    expect(readCustomer({ id: 'c', companyprofile: secret })).toStrictEqual({
      id: 'c',
      companyName: 'Contoso',
    });
  });

  it('an order', () => {
    const line = {
      ...{ lineitemnumber: 7, offerid: 'Offer', quantity: 0 },
      ...{ subscriptionid: 's', parentsubscriptionid: 'p' },
    };
    expect(
      readOrder({
        ...{ id: 'o', alternateid: 'a', status: 'Completed', billingcycle: 'Monthly' },
        ...{ creationdate: DATE, lineitems: [line] },
      }),
    ).toStrictEqual({
      ...{ id: 'o', status: 'completed', billingCycle: 'monthly', alternateId: 'a' },
      createdMs: MS,
      lines: [
        {
          ...{ lineItemNumber: 7, offerId: 'Offer', quantity: 0 },
          ...{ subscriptionId: 's', parentSubscriptionId: 'p' },
        },
      ],
    });
  });

  it('a subscription', () => {
    const resource = {
      ...{ id: 's', offerId: 'Offer', offerName: 'Name', orderId: 'o', status: 'Active' },
      ...{ productType: { id: 'Azure', subType: { id: 'SavingsPlan' } }, quantity: 0 },
      ...{ parentSubscriptionId: 'p', migratedFromSubscriptionId: 'm', creationDate: DATE },
      ...{ effectiveStartDate: DATE, commitmentEndDate: DATE, termDuration: 'P1M' },
      ...{ cancellationAllowedUntilDate: DATE, refundOptions: [{ expiresAt: DATE }] },
      ...{ isTrial: true, autoRenewEnabled: true, billingType: 'License' },
      ...{ actions: ['Edit'], suspensionReasons: ['X'], isMicrosoftProduct: 'False' },
      attributes: { etag: 'e' },
    };
    expect(readSubscription(resource)).toStrictEqual({
      ...{ id: 's', offerId: 'Offer', offerName: 'Name', orderId: 'o', status: 'active' },
      ...{ productType: 'azure', productSubType: 'savingsplan', quantity: 0 },
      ...{ parentSubscriptionId: 'p', migratedFromSubscriptionId: 'm', createdMs: MS },
      ...{ effectiveStartMs: MS, commitmentEndMs: MS, termDuration: 'P1M' },
      ...{ cancellationAllowedUntilMs: MS, refundableUntilMs: MS },
      ...{ isTrial: true, autoRenewEnabled: true, billingType: 'license' },
      ...{ actions: ['edit'], suspensionReasons: ['x'], isMicrosoftProduct: false },
      etag: 'e',
      resource,
    });
  });

  it('an entitlement, and what is included in it', () => {
    const included = { productId: 'B', referenceOrder: { alternateId: 'other' } };
    const item = {
      referenceOrder: { id: 'o', lineItemId: 3, alternateId: 'a' },
      ...{ productId: 'A', quantity: 2, entitlementType: 'Virtual-Machine' },
      includedEntitlements: [included, { includedEntitlements: [] }],
    };
    expect(readEntitlements(lowercaseKeys(item))).toStrictEqual([
      {
        ...{ orderId: 'o', alternateOrderId: 'a', lineItemNumber: 3 },
        ...{ type: 'virtualmachine', productId: 'a', quantity: 2 },
      },
      { orderId: 'other', alternateOrderId: 'other', type: '', productId: 'b', quantity: 1 },
      { orderId: 'o', type: '', productId: '', quantity: 1 },
    ]);
    const [alone, ...within] = readEntitlements(
      lowercaseKeys({ includedEntitlements: [included, { quantity: 3 }] }),
    );
    expect(alone).not.toHaveProperty('orderId');
    expect(within).toMatchObject([{ orderId: 'other' }, { quantity: 3 }]);
    expect(within.at(-1)).not.toHaveProperty('orderId');
  });

  it('an Azure subscription', () => {
    expect(readAzureEntitlement({ id: 'a', status: 'Active', more: 1 }, 'p')).toStrictEqual({
      ...{ id: 'a', status: 'active', planId: 'p' },
    });
  });
});

it.each([
  ['False', true],
  [false, true],
  ['FALSE', true],
  [true, false],
  ['no', false],
  [null, false],
  [['False'], false],
  [{ toString: 5, valueOf: 6 }, false],
])(
  'a subscription whose isMicrosoftProduct is %j has that field: %s',
  (isMicrosoftProduct, hasField) => {
    const read = readSubscription({ id: 's', isMicrosoftProduct });
    expect('isMicrosoftProduct' in read).toBe(hasField);
  },
);

it.each([
  ['/v1/offers/MS-AZR-0145P?country=US/x', 'MS-AZR-0145P'],
  ['MS-AZR-0145P', 'MS-AZR-0145P'],
  ['/v1/offers/', ''],
  ['', ''],
])('a subscription without an offer id has that of its link: %s', (uri, offerId) => {
  const links = { offer: { uri } };
  expect(readSubscription({ id: 's', links }).offerId).toBe(offerId);
  expect(readSubscription({ id: 's', links, offerId: 'its own' }).offerId).toBe('its own');
  for (const none of [null, {}, { offer: null }, { offer: {} }]) {
    expect(readSubscription({ id: 's', links: none }).offerId).toBe('');
  }
});

describe('a documented word has one spelling, whatever stands between its letters:', () => {
  it.each([
    [
      'of an order',
      orderStatus,
      ['unknown', 'completed', 'pending', 'cancelled', 'suspended', 'pending_review'],
    ],
    [
      'of an order that waits or failed',
      orderStatus,
      [
        ...['pending_po_upload', 'po_upload_complete', 'po_review_rejected'],
        ...['partial_success', 'error'],
      ],
    ],
    [
      'of a subscription',
      subscriptionStatus,
      ['none', 'active', 'pending', 'suspended', 'expired', 'disabled', 'deleted'],
    ],
    [
      'of an Azure subscription',
      azureEntitlementStatus,
      [
        ...['active', 'inactive', 'cancelled', 'deleted', 'enabled', 'pending', 'warned'],
        'past_due',
      ],
    ],
    [
      'of a billing cycle',
      billingCycle,
      ['unknown', 'monthly', 'annual', 'none', 'one_time', 'triennial'],
    ],
  ])('%s', (_of, schema, documented) => {
    for (const each of documented) {
      for (const between of ['_', '-', ' ']) {
        const spelt = [...each.replaceAll('_', '')].join(between);
        expect(v.parse(schema, spelt.toUpperCase())).toBe(each);
      }
    }
    expect(v.parse(schema, 'Some-Thing_else')).toBe('some-thing_else');
  });
});
