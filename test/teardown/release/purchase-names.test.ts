import { describe, expect, it } from 'vitest';
import type { Purchase } from '../../../src/teardown/inventory/purchase.ts';
import { CANCELLABLE_FOR_MS } from '../../../src/teardown/release/products/order-path.ts';
import { ageOf, dayOf, nameOf, orderIdsOf } from '../../../src/teardown/release/purchase-names.ts';
import { DAY_MS, entitlement, line, NOW_MS, order, subscription } from '../builders.ts';

const bought = (purchase: Omit<Purchase, 'azureEntitlements'>): Purchase => ({
  ...purchase,
  azureEntitlements: [],
});
const orderless = (productType: string, offerId = 'offer'): Purchase => {
  const { orderId: _none, ...rest } = subscription({ productType, offerId });
  return bought({ subscription: rest });
};
const { orderId: _none, ...ofNoOrder } = entitlement();
const GUID = '031c9e47-4802-4248-838e-778fb1d2cc05';

describe('an operator reads of a purchase', () => {
  const cases: readonly (readonly [string, Purchase])[] = [
    [
      'Azure reservation: order order-1 (completed)',
      bought({ order: order(), entitlement: entitlement() }),
    ],
    [
      'perpetual software: order hidden (not listed)',
      bought({ entitlement: entitlement({ type: 'software', orderId: 'hidden' }) }),
    ],
    ['one-time purchase: order order-1 (completed)', bought({ order: order(), line: line() })],
    [
      'new-commerce subscription: order order-1 (pending), subscription subscription-1 (active)',
      bought({ order: order({ status: 'pending' }), subscription: subscription() }),
    ],
    ['software subscription: subscription subscription-1 (active)', orderless('software')],
    ['marketplace SaaS subscription: subscription subscription-1 (active)', orderless('saas')],
    ['Azure plan: subscription subscription-1 (active)', orderless('azure')],
    ['legacy subscription: subscription subscription-1 (active)', orderless('', GUID)],
    ['product type "quantum": subscription subscription-1 (active)', orderless('quantum')],
    [
      'product type "quantum": order hidden (not listed)',
      bought({ entitlement: entitlement({ type: 'quantum', orderId: 'hidden' }) }),
    ],
    [
      'product type "reservedinstance": entitlement "p" (without an order)',
      bought({ entitlement: ofNoOrder }),
    ],
    [
      'one-time purchase: order order-1 (completed)',
      bought({ order: order({ billingCycle: 'monthly' }), line: line() }),
    ],
    // It waits for its subscription: until that is listed no one knows what it is.
    [
      'offer "DG7GMGF0DVT7:000C:DG7GMGF0FVZM": order order-1 (completed)',
      bought({ order: order(), line: line({ subscriptionId: 'late' }) }),
    ],
  ];

  it.each(cases)('%s', (words, purchase) => {
    expect(nameOf(purchase)).toBe(words);
  });

  it('the orders behind several, each once, and a subscription where no order is known', () => {
    expect(
      orderIdsOf([
        bought({ order: order({ id: 'a' }), entitlement: entitlement({ orderId: 'alternate' }) }),
        bought({ order: order({ id: 'a' }), subscription: subscription() }),
        bought({ subscription: subscription({ orderId: 'b' }) }),
        bought({ entitlement: entitlement({ orderId: 'c' }) }),
        orderless('saas'),
      ]),
    ).toEqual(['a', 'b', 'c', 'subscription-1']);
  });
});

describe('the age of a purchase', () => {
  const createdMs = NOW_MS - DAY_MS;

  it("is its order's, and until when that can be cancelled", () => {
    const purchase = bought({ order: order(), line: line(), subscription: subscription() });
    expect(ageOf({ ...purchase, subscription: subscription({ createdMs: 1 }) })).toMatchObject({
      boughtMs: createdMs,
    });
    expect(ageOf(bought({ order: order(), line: line() }))).toStrictEqual({
      name: 'one-time purchase: order order-1 (completed)',
      boughtMs: createdMs,
      cancellableUntilMs: createdMs + CANCELLABLE_FOR_MS,
    });
  });

  it("is its subscription's where its order has none", () => {
    const { createdMs: _none, ...dateless } = order();
    expect(ageOf(bought({ order: dateless, subscription: subscription() }))).toStrictEqual({
      name: 'new-commerce subscription: order order-1 (completed), subscription subscription-1 (active)',
      boughtMs: createdMs,
      publishedUntilMs: createdMs + 7 * DAY_MS,
    });
  });

  it.each([
    ['seven days of new commerce', {}, 7],
    ['seven of a software subscription', { productType: 'software' }, 7],
    ['fourteen of a SaaS of a year', { productType: 'saas', termDuration: 'P1Y' }, 14],
    ['one of a SaaS of a month', { productType: 'saas', termDuration: 'P1M' }, 1],
  ])('ends with the published window where the service names none: %s', (_what, more, days) => {
    const until = (begun = {}) => {
      const age = ageOf(bought({ subscription: subscription({ ...more, ...begun }) }));
      return age.cancellableUntilMs ?? age.publishedUntilMs;
    };
    expect(until()).toBe(createdMs + days * DAY_MS);
    expect(until({ effectiveStartMs: NOW_MS })).toBe(NOW_MS + days * DAY_MS);
    expect(until({ cancellationAllowedUntilMs: NOW_MS })).toBe(NOW_MS);
  });

  it('of perpetual software ends after the published thirty days, and sixty at the latest', () => {
    const software = entitlement({ type: 'software' });
    expect(ageOf(bought({ order: order(), line: line(), entitlement: software }))).toMatchObject({
      publishedUntilMs: createdMs + 30 * DAY_MS,
      cancellableUntilMs: createdMs + CANCELLABLE_FOR_MS,
    });
  });

  it('is left out where it is not known', () => {
    expect(ageOf(bought({ entitlement: entitlement() }))).toStrictEqual({
      name: 'Azure reservation: order order-1 (not listed)',
    });
    const { createdMs: _none, ...dateless } = subscription({ refundableUntilMs: NOW_MS });
    expect(ageOf(bought({ subscription: dateless }))).toStrictEqual({
      name: 'new-commerce subscription: subscription subscription-1 (active)',
    });
  });
});

it('a day is in UTC', () => {
  expect(dayOf(Date.UTC(2026, 10, 22, 23, 59, 59, 999))).toBe('2026-11-22');
  expect(dayOf(Date.UTC(2026, 10, 23))).toBe('2026-11-23');
});
