import { describe, expect, it } from 'vitest';
import type { Inventory } from '../../../src/teardown/inventory/inventory.ts';
import { purchasesOf } from '../../../src/teardown/inventory/purchases-of.ts';
import { oneTimePurchase } from '../../../src/teardown/release/products/one-time-purchase.ts';
import { releaseOf } from '../../../src/teardown/release/products/strategies.ts';
import { entitlement, inventory, line, order, subscription } from '../builders.ts';

const GUID = '031c9e47-4802-4248-838e-778fb1d2cc05';
const AZURE_PLAN_OFFER = 'DZH318Z0BPS6:0001:DZH318Z0BMTX';

const productsOf = (world: Partial<Inventory>): readonly string[] =>
  purchasesOf(inventory(world)).map((purchase) => releaseOf(purchase).product);

describe('a purchase is recognised', () => {
  it.each([
    ['onlineservicesnce', 'x', 'new-commerce subscription'],
    ['', 'CFQ7TTC0LH18:0001:CFQ7TTC0K971', 'new-commerce subscription'],
    ['', 'cfq7ttc0lh18:0001:cfq7ttc0k971', 'new-commerce subscription'],
    ['', 'CFQ7TTC0LH18', 'product type ""'],
    ['', 'XCFQ7TTC0LH18:0001:CFQ7TTC0K971', 'product type ""'],
    ['', 'CFQ7TTC0LH180:0001:CFQ7TTC0K971', 'product type ""'],
    ['', 'CFQ7TTC0LH18:0001:CFQ7TTC0K971:1', 'product type ""'],
    ['', 'DG7GMGF0DVT7:000C:DG7GMGF0FVZM', 'product type ""'],
    ['saas', 'x', 'marketplace SaaS subscription'],
    ['software', 'x', 'software subscription'],
    ['azure', 'x', 'Azure plan'],
    ['', AZURE_PLAN_OFFER, 'Azure plan'],
    ['', GUID, 'legacy subscription'],
    ['onlineservices', GUID.toUpperCase(), 'legacy subscription'],
    ['', 'MS-AZR-0145P', 'legacy subscription'],
    ['onlineservices', 'ms-azr-0145p', 'legacy subscription'],
    ['azure', 'MS-AZR-0145P', 'legacy subscription'],
    ['azure', 'DZH318Z0BQ3Q:007Z:DZH318Z0DSPL', 'Azure plan'],
    ['quantum', 'MS-AZR-0145P', 'product type "quantum"'],
    ['', 'DZH318Z0BPS7:0001', 'product type ""'],
    ['', `0${GUID}`, 'product type ""'],
    ['', `${GUID}0`, 'product type ""'],
    ['', 'NOT-MS-AZR-0145P', 'product type ""'],
    ['quantum', GUID, 'product type "quantum"'],
  ])(
    'as a subscription with product type "%s" and offer %s: %s',
    (productType, offerId, product) => {
      expect(productsOf({ subscriptions: [subscription({ productType, offerId })] })).toEqual([
        product,
      ]);
    },
  );

  it.each([
    ['azure', 'Azure savings plan'],
    ['', 'Azure savings plan'],
    ['software', 'software subscription'],
  ])('as a benefit with product type "%s": %s', (productType, product) => {
    const benefit = subscription({ productType, offerId: 'x', billingType: 'benefit' });
    expect(productsOf({ subscriptions: [benefit] })).toEqual([product]);
  });

  it.each([
    ['azure', 'DZH318Z0BQ3Q:007Z:DZH318Z0DSPL', 'Azure plan'],
    ['azureplan', 'DZH318Z0BQ3Q:007Z:DZH318Z0DSPL', 'Azure plan'],
    ['virtualmachines', 'DZH318Z0BQ3Q:007Z:DZH318Z0DSPL', 'product type "azure"'],
    ['virtualmachines', AZURE_PLAN_OFFER, 'Azure plan'],
    ['virtualmachines', 'MS-AZR-0145P', 'legacy subscription'],
  ])('as Azure by its sub-type "%s" and offer %s: %s', (productSubType, offerId, product) => {
    const azure = subscription({ productType: 'azure', productSubType, offerId });
    expect(productsOf({ subscriptions: [azure] })).toEqual([product]);
  });

  it('as a trial only where it is new commerce', () => {
    const trial = (productType: string) =>
      productsOf({ subscriptions: [subscription({ productType, isTrial: true })] });
    expect(trial('')).toEqual(['new-commerce trial']);
    expect(trial('onlineservicesnce')).toEqual(['new-commerce trial']);
    expect(trial('quantum')).toEqual(['product type "quantum"']);
    expect(trial('saas')).toEqual(['marketplace SaaS subscription']);
  });

  it("of what is not Microsoft's by that only where nothing else is said", () => {
    const foreign = (productType: string) =>
      productsOf({
        subscriptions: [subscription({ productType, offerId: 'x', isMicrosoftProduct: false })],
      });
    expect(foreign('')).toEqual(['marketplace SaaS subscription']);
    const sold = subscription({ productType: '', isMicrosoftProduct: false });
    expect(productsOf({ subscriptions: [sold] })).toEqual(['marketplace SaaS subscription']);
    expect(foreign('quantum')).toEqual(['product type "quantum"']);
  });

  it.each([
    ['reservedinstance', 'Azure reservation'],
    ['virtualmachinereservedinstance', 'Azure reservation'],
    ['savingsplan', 'Azure savings plan'],
    ['virtualmachinereservedinstance', 'Azure reservation'],
    ['software', 'perpetual software'],
    ['quantum', 'product type "quantum"'],
  ])('without a subscription by its entitlement type "%s": %s', (type, product) => {
    const entitlements = [entitlement({ type })];
    expect(productsOf({ orders: [order()], entitlements })).toEqual([product]);
    expect(productsOf({ entitlements })).toEqual([product]);
  });

  it.each(['reservedinstance', 'software'])(
    'of a subscription by itself, also where the order has an entitlement of type "%s"',
    (type) => {
      const lines = [line(), line({ lineItemNumber: 1, subscriptionId: 'subscription-1' })];
      const [, second] = productsOf({
        orders: [order({ lines })],
        subscriptions: [subscription()],
        entitlements: [entitlement({ type })],
      });
      expect(second).toBe('new-commerce subscription');
    },
  );

  it('by its subscription alone, even if its order was billed once and does not name it', () => {
    const subscriptions = [subscription({ offerId: line().offerId })];
    expect(productsOf({ orders: [order()], subscriptions })).toEqual(['new-commerce subscription']);
  });

  const monthly = { billingCycle: 'monthly' };
  const elsewhere = { lines: [line({ offerId: GUID })] };
  it.each([
    ['bought once', order(), 'one-time purchase'],
    ['billed monthly', order(monthly), 'one-time purchase'],
    ['without lines', order({ ...monthly, lines: [] }), 'one-time purchase'],
    ['bought once, not of the catalogue', order(elsewhere), `offer "${GUID}"`],
    ['monthly, not of the catalogue', order({ ...monthly, ...elsewhere }), `offer "${GUID}"`],
  ])(
    'by an order %s without an entitlement, and where none can be read',
    (_name, bought, product) => {
      expect(productsOf({ orders: [bought] })).toEqual([product]);
      expect(productsOf({ orders: [bought], entitlements: undefined })).toEqual([product]);
    },
  );

  it.each(['x:y', 'w:x:y:z', 'x:y:z-1', '/x:y:z'])(
    'of an order of %s as what the catalogue does not sell',
    (offerId) => {
      const orders = [order({ lines: [line({ offerId })] })];
      expect(productsOf({ orders })).toEqual([`offer "${offerId}"`]);
    },
  );

  it('as unknown without order, subscription and entitlement', () => {
    expect(oneTimePurchase({ azureEntitlements: [] })).toBeUndefined();
  });

  it('by each line of an order that is billed monthly where no entitlement can be read', () => {
    const lines = [line(), line({ lineItemNumber: 1, subscriptionId: 'subscription-1' })];
    const world = { orders: [order({ ...monthly, lines })], subscriptions: [subscription()] };
    expect(productsOf({ ...world, entitlements: undefined })).toEqual([
      'one-time purchase',
      'new-commerce subscription',
    ]);
  });
});

describe('an Azure plan waits', () => {
  const callsNow = (status: string) =>
    releaseOf({
      subscription: subscription({ productType: 'azure' }),
      azureEntitlements: [{ id: 'a', planId: 'subscription-1', status }],
    }).steps.map((step) => step.map(({ kind }) => kind));

  it.each(['active', 'enabled', 'pending', 'warned', 'past_due', ''])(
    'for an Azure subscription that reads "%s"',
    (status) => {
      expect(callsNow(status)).toEqual([['cancel-azure-entitlement'], ['end-subscription']]);
    },
  );

  it.each(['inactive', 'cancelled', 'canceled', 'deleted', 'disabled', 'expired', 'novel'])(
    'no more for one that reads "%s"',
    (status) => {
      expect(callsNow(status)).toEqual([['end-subscription']]);
    },
  );
});
