import { describe, expect, it } from 'vitest';
import type { Inventory } from '../../../src/teardown/inventory/inventory.ts';
import { purchasesOf } from '../../../src/teardown/inventory/purchases-of.ts';
import { entitlement, inventory, line, order, subscription } from '../builders.ts';

/** Every purchase in words: `order line/subscription/entitlement`, `-` for what it has not. */
function inWords(world: Partial<Inventory>): readonly string[] {
  return purchasesOf(inventory(world)).map((purchase) => {
    const bought = [
      purchase.line?.lineItemNumber ?? '-',
      purchase.subscription?.id ?? '-',
      purchase.entitlement?.productId ?? '-',
    ];
    return `${purchase.order?.id ?? 'no order'} ${bought.join('/')}`;
  });
}

const twoLines = [line(), line({ lineItemNumber: 1 })];
const nce = subscription();

describe('what a customer holds is joined into purchases', () => {
  const cases: readonly (readonly [string, Partial<Inventory>, string[]])[] = [
    ['nothing without anything', {}, []],
    [
      'one for each line',
      { orders: [order({ lines: twoLines })] },
      ['order-1 0/-/-', 'order-1 1/-/-'],
    ],
    ['one for an order without lines', { orders: [order({ lines: [] })] }, ['order-1 -/-/-']],
    [
      'none for an order without lines whose subscription is listed: that one stands for it',
      { orders: [order({ lines: [] })], subscriptions: [nce] },
      ['order-1 -/subscription-1/-'],
    ],
    [
      'each by itself where ids are alike in capitals alone',
      {
        orders: [order({ id: 'straße', lines: [] })],
        subscriptions: [subscription({ orderId: 'STRASSE' })],
      },
      ['straße -/-/-', 'no order -/subscription-1/-'],
    ],
    [
      'one for an order without lines beside the subscription of another order',
      { orders: [order({ lines: [] })], subscriptions: [subscription({ orderId: 'order-2' })] },
      ['order-1 -/-/-', 'no order -/subscription-1/-'],
    ],
    [
      'a line with the subscription it names, whatever order and offer that one says',
      {
        orders: [order({ lines: [line({ subscriptionId: 'b' })] })],
        subscriptions: [
          subscription({ id: 'a', offerId: line().offerId }),
          subscription({ id: 'b', orderId: 'order-2' }),
        ],
      },
      ['order-1 0/b/-', 'order-1 -/a/-'],
    ],
    [
      'a line that names none with a subscription of its order and its offer',
      {
        orders: [order()],
        subscriptions: [
          subscription({ id: 'offer differs' }),
          subscription({ id: 'order differs', orderId: 'order-2', offerId: line().offerId }),
          subscription({ id: 'same', offerId: line().offerId }),
        ],
      },
      ['order-1 0/same/-', 'order-1 -/offer differs/-', 'no order -/order differs/-'],
    ],
    [
      'two lines of the same offer with a subscription each',
      {
        orders: [order({ lines: twoLines })],
        subscriptions: ['a', 'b'].map((id) => subscription({ id, offerId: line().offerId })),
      },
      ['order-1 0/a/-', 'order-1 1/b/-'],
    ],
    [
      'a line with the entitlement of its number',
      {
        orders: [order({ lines: twoLines })],
        entitlements: [
          entitlement({ lineItemNumber: 1, productId: 'one' }),
          entitlement({ lineItemNumber: 0, productId: 'zero' }),
        ],
      },
      ['order-1 0/-/zero', 'order-1 1/-/one'],
    ],
    [
      'every line with an entitlement that says no number',
      { orders: [order({ lines: twoLines })], entitlements: [entitlement()] },
      ['order-1 0/-/p', 'order-1 1/-/p'],
    ],
    [
      'an order without lines with each of its entitlements, beside the subscription it owns',
      {
        orders: [order({ lines: [] })],
        subscriptions: [nce],
        entitlements: [entitlement(), entitlement({ type: 'software', productId: 'q' })],
      },
      ['order-1 -/-/p', 'order-1 -/-/q', 'order-1 -/subscription-1/-'],
    ],
    [
      "what an order holds of another type than any line's, with its line where it tells one",
      {
        orders: [order({ lines: twoLines })],
        entitlements: [
          entitlement({ lineItemNumber: 0, productId: 'zero' }),
          entitlement({ lineItemNumber: 1, productId: 'one' }),
          entitlement({ lineItemNumber: 1, productId: 'more', type: 'quantum' }),
          entitlement({ lineItemNumber: 7, productId: 'nowhere', type: 'gravity' }),
          entitlement({ lineItemNumber: 0, productId: 'as the line' }),
        ],
      },
      ['order-1 0/-/zero', 'order-1 1/-/one', 'order-1 1/-/more', 'order-1 -/-/nowhere'],
    ],
    [
      'what it holds besides without the line, where that one has a subscription of its own',
      {
        orders: [order({ lines: [line({ subscriptionId: 'subscription-1' })] })],
        subscriptions: [nce],
        entitlements: [
          entitlement({ lineItemNumber: 0, productId: 'zero' }),
          entitlement({ lineItemNumber: 0, productId: 'more', type: 'quantum' }),
        ],
      },
      ['order-1 0/subscription-1/zero', 'order-1 -/-/more'],
    ],
    [
      'what an order holds besides once, though it is listed twice',
      {
        orders: [order({ lines: [] }), order({ lines: [] })],
        entitlements: [entitlement()],
      },
      ['order-1 -/-/p', 'order-1 -/-/-'],
    ],
    [
      'whatever belongs together, in whatever letter case its ids are written',
      {
        orders: [
          order({ id: 'Order-1', alternateId: 'Other-1', lines: [line({ subscriptionId: 'A' })] }),
          order({ id: 'order-2', lines: [] }),
        ],
        subscriptions: [
          subscription({ id: 'a', orderId: 'order-1' }),
          subscription({ id: 'b', orderId: 'ORDER-2' }),
        ],
        entitlements: [
          entitlement({ orderId: 'oRDER-1', productId: 'own' }),
          entitlement({ orderId: 'oTHER-1', productId: 'other', type: 'software' }),
        ],
      },
      ['Order-1 0/a/own', 'Order-1 -/-/other', 'order-2 -/b/-'],
    ],
    [
      'an order without lines with its entitlement, whatever number that says',
      { orders: [order({ lines: [] })], entitlements: [entitlement({ lineItemNumber: 3 })] },
      ['order-1 -/-/p'],
    ],
    [
      'no line with the entitlement of another order, listed or not',
      {
        orders: [order(), order({ id: 'order-2', alternateId: 'alternate-2' })],
        entitlements: [
          entitlement({ orderId: 'order-2', productId: 'second' }),
          entitlement({ orderId: 'hidden', productId: 'third' }),
        ],
      },
      ['order-1 0/-/-', 'order-2 0/-/second', 'no order -/-/third'],
    ],
    [
      'an order with an entitlement that has its alternate id for an order id',
      { orders: [order()], entitlements: [entitlement({ orderId: 'alternate-1' })] },
      ['order-1 0/-/p'],
    ],
    [
      'an order with an entitlement that has its alternate id for an alternate order id',
      {
        orders: [order()],
        entitlements: [entitlement({ orderId: 'other', alternateOrderId: 'alternate-1' })],
      },
      ['order-1 0/-/p'],
    ],
  ];

  it.each(cases)('%s', (_name, world, purchases) => {
    expect(inWords(world)).toEqual(purchases);
  });

  it('and Azure subscriptions go to their own plan, and to nothing else', () => {
    const azureEntitlements = ['a', 'b'].map((planId) => ({
      id: `under ${planId}`,
      planId,
      status: 'active',
    }));
    const subscriptions = ['a', 'b'].map((id) => subscription({ id, orderId: `of ${id}` }));
    const twoPlans = inventory({ orders: [order()], subscriptions, azureEntitlements });
    expect(
      purchasesOf(twoPlans).map((purchase) => [
        purchase.subscription?.id,
        purchase.azureEntitlements.map(({ id }) => id),
      ]),
    ).toEqual([
      [undefined, []],
      ['a', ['under a']],
      ['b', ['under b']],
    ]);
  });
});
