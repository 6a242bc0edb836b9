import { describe, expect, it } from 'vitest';
import { enforcing } from '../../src/teardown/hands/enforcing.ts';
import type { Inventory } from '../../src/teardown/inventory.ts';
import type { Log } from '../../src/teardown/log.ts';
import type { PartnerCenterWriter } from '../../src/teardown/partner-center.ts';
import { PartnerCenterRefusal } from '../../src/teardown/refusal.ts';
import { decide } from '../../src/teardown/release/decide.ts';
import { CUSTOMER_ID, inventory, line, look, NOW_MS, order, subscription } from './builders.ts';

/** Releases what a customer holds, where calls that begin with a name fail so; gives back all that was done. */
async function release(
  world: Partial<Inventory>,
  failures: Readonly<Record<string, unknown>> = {},
  attempt = 1,
  held?: number,
) {
  const holds = inventory(world);
  const todo = decide(holds, NOW_MS, NOW_MS);
  if (todo.kind === 'impossible') throw new Error('This world is to be releasable.');
  const writes: string[] = [];
  const ended: string[] = [];
  const logged: string[] = [];
  const write = async (what: string) => {
    writes.push(what);
    await Promise.resolve();
    ended.push(what);
    const failure = failures[what];
    if (failure !== undefined) throw failure;
    return 'done' as const;
  };
  const writer: PartnerCenterWriter = {
    cancelOrder: (_customer, id) => write(`cancel ${id}`),
    endSubscription: (_customer, { id }, status) => write(`${status} ${id}`),
    cancelAzureEntitlement: (_customer, { id }) => write(`cancel ${id}`),
    activateSubscription: (_customer, id) => write(`activate ${id}`),
    deleteCustomer: () => write('delete'),
  };
  const log: Log = (event, fields) => {
    logged.push(`${event} ${Object.values(fields).join(': ')}`);
  };
  const result = enforcing(writer, log)(
    look({ begun: true, attempt, ...(held !== undefined && { held }) }),
    holds,
    todo,
  );
  return { writes, ended, logged, result };
}

const refusal = (status: number, code: string) =>
  new PartnerCenterRefusal({
    operation: 'cancel-order',
    status,
    code,
    description: 'No.',
    body: '',
  });
const onlyBySubscriptions = refusal(400, '800063');

/** An order of two lines of software, which is cancelled by the order; the second one is over. */
const lines = ['standing', 'over'].map((subscriptionId, lineItemNumber) =>
  line({ subscriptionId, lineItemNumber }),
);
const twoOfSoftware = {
  orders: [order({ lines })],
  subscriptions: [
    subscription({ id: 'standing', productType: 'software' }),
    subscription({ id: 'over', productType: 'software', status: 'deleted' }),
  ],
};

describe('an order that is refused because only its subscriptions can be ended', () => {
  it("has those ended that still stand, and no other order's", async () => {
    const subscriptions = [
      ...twoOfSoftware.subscriptions,
      subscription({ id: 'unrelated', orderId: 'order-2', status: 'pending' }),
      subscription({ id: 'undescribed', productType: 'quantum', status: 'pending' }),
    ];
    const world = { ...twoOfSoftware, subscriptions };
    const { writes, result } = await release(world, { 'cancel order-1': onlyBySubscriptions });
    expect(await result).toEqual({ kind: 'look-again' });
    expect(writes).toEqual(['cancel order-1', 'deleted standing']);
  });

  it('has the Azure subscriptions cancelled of an Azure plan that it holds, and the plan left for later', async () => {
    const { writes, result } = await release(
      {
        ...twoOfSoftware,
        subscriptions: [
          ...twoOfSoftware.subscriptions,
          subscription({ id: 'plan', productType: 'azure', orderId: 'order-1', status: 'pending' }),
        ],
        azureEntitlements: [
          { id: 'azure-1', planId: 'plan', status: 'active' },
          { id: 'azure-2', planId: 'another plan', status: 'active' },
        ],
      },
      { 'cancel order-1': onlyBySubscriptions },
    );
    expect(await result).toEqual({ kind: 'look-again' });
    expect(writes).toEqual(['cancel order-1', 'deleted standing', 'cancel azure-1']);
  });

  it('has an Azure plan left alone whose Azure subscriptions were not read', async () => {
    const plan = subscription({ id: 'plan', productType: 'azure', orderId: 'order-1' });
    const { writes, result } = await release(
      {
        orders: [order({ lines: [...lines, line({ subscriptionId: 'plan', lineItemNumber: 2 })] })],
        subscriptions: [...twoOfSoftware.subscriptions, plan],
        unread: { entitlements: false, planIds: ['plan'] },
      },
      { 'cancel order-1': onlyBySubscriptions },
    );
    expect(await result).toEqual({ kind: 'look-again' });
    expect(writes).toEqual(['cancel order-1', 'deleted standing']);
  });

  it('has a subscription ended that only a line of the order names', async () => {
    const { orderId: _none, ...unnamed } = subscription({
      id: 'standing',
      productType: 'software',
    });
    const { writes, result } = await release(
      {
        orders: [order({ lines: [line({ subscriptionId: 'standing' })] })],
        subscriptions: [unnamed],
      },
      { 'cancel order-1': onlyBySubscriptions },
    );
    expect(await result).toEqual({ kind: 'look-again' });
    expect(writes).toEqual(['cancel order-1', 'deleted standing']);
  });

  it('has every subscription ended before the look is over', async () => {
    const subscriptions = ['a', 'b'].map((id) => subscription({ id, productType: 'software' }));
    const { ended, result } = await release(
      { orders: [order({ lines: [] })], subscriptions },
      { 'cancel order-1': onlyBySubscriptions },
    );
    await result;
    expect(ended).toEqual(['cancel order-1', 'deleted a', 'deleted b']);
  });

  it('stays refused where it has no subscription to end', async () => {
    const { writes, result } = await release(
      { orders: [order()] },
      { 'cancel order-1': onlyBySubscriptions },
    );
    await expect(result).rejects.toMatchObject({ answer: { code: '800063' } });
    expect(writes).toEqual(['cancel order-1']);
  });

  it('has nothing ended where it is refused for another reason', async () => {
    const { writes, result } = await release(twoOfSoftware, {
      'cancel order-1': refusal(400, '800061'),
    });
    await expect(result).rejects.toMatchObject({
      answer: { code: '800061', orderIds: ['order-1'] },
    });
    expect(writes).toEqual(['cancel order-1']);
  });

  it('is told in the result where it is only busy', async () => {
    const { result } = await release(twoOfSoftware, { 'cancel order-1': refusal(409, '800060') });
    expect(await result).toMatchObject({
      kind: 'look-again',
      refused: { answer: { code: '800060', orderIds: ['order-1'] } },
    });
  });

  it('ends the look where the conflict is no matter of time', async () => {
    const { result } = await release(twoOfSoftware, { 'cancel order-1': refusal(409, '900278') });
    await expect(result).rejects.toMatchObject({ answer: { code: '900278' } });
  });
});

describe('a purchase that cannot be ended now', () => {
  const licences = (...ids: string[]) => ids.map((id) => subscription({ id, orderId: id }));
  const three = { subscriptions: licences('a', 'b', 'c') };

  it.each([
    [400, '2055'],
    [404, '20003'],
    [409, '800060'],
    [412, '0'],
    [403, '900115'],
  ])('lets the others be ended: %i/%s', async (status, code) => {
    const { writes, result } = await release(three, {
      'deleted a': refusal(status, code),
      'deleted b': refusal(409, '800014'),
    });
    expect(await result).toMatchObject({ kind: 'look-again', refused: { answer: { code } } });
    expect(writes).toEqual(['deleted a', 'deleted b', 'deleted c']);
  });

  it.each([0, 408, 429, 500, 503])(
    'ends the look where the service has trouble: %i',
    async (status) => {
      const { writes, result } = await release(three, { 'deleted a': refusal(status, '0') });
      await expect(result).rejects.toMatchObject({ answer: { status } });
      expect(writes).toEqual(['deleted a']);
    },
  );

  it('leaves what it hangs on, however deep, and nothing else', async () => {
    const hanging = (id: string, parentSubscriptionId: string) =>
      subscription({ id, orderId: id, parentSubscriptionId });
    const subscriptions = [
      ...licences('parent', 'other'),
      hanging('middle', 'parent'),
      hanging('deepest', 'middle'),
    ];
    const { writes, result } = await release(
      { subscriptions },
      { 'deleted deepest': refusal(409, '800060') },
    );
    expect(await result).toMatchObject({ refused: { answer: { code: '800060' } } });
    expect(writes).toEqual(['deleted deepest', 'deleted other']);
  });

  it('leaves what it hangs on also where it is cancelled by its order', async () => {
    const software = (id: string, more = {}) =>
      subscription({ id, orderId: id, productType: 'software', ...more });
    const orderOf = (id: string, ...ids: string[]) =>
      order({
        id,
        lines: ids.map((subscriptionId, lineItemNumber) =>
          line({ subscriptionId, lineItemNumber }),
        ),
      });
    const world = {
      orders: [
        orderOf('mixed', 'add-on', 'beside', 'licence'),
        orderOf('parent', 'parent'),
        orderOf('other', 'other'),
      ],
      subscriptions: [
        software('add-on', { orderId: 'mixed', parentSubscriptionId: 'parent' }),
        subscription({ id: 'licence', orderId: 'mixed', parentSubscriptionId: 'other' }),
        software('beside', { orderId: 'mixed' }),
        software('parent'),
        software('other'),
      ],
    };
    const { writes, result } = await release(world, { 'cancel mixed': refusal(409, '800060') });
    await result;
    expect(writes).toEqual(['cancel mixed', 'deleted licence', 'cancel other']);
  });
});

it('an Azure subscription that cannot be cancelled now holds nothing but its plan', async () => {
  const { writes, result } = await release(
    {
      subscriptions: [
        subscription({ id: 'plan', productType: 'azure' }),
        subscription({ id: 'parent' }),
        subscription({ id: 'add-on', parentSubscriptionId: 'parent' }),
      ],
      azureEntitlements: [{ id: 'azure-1', planId: 'plan', status: 'active' }],
    },
    { 'cancel azure-1': refusal(409, '800060') },
  );
  expect(await result).toMatchObject({ refused: { answer: { code: '800060' } } });
  expect(writes).toEqual(['cancel azure-1', 'deleted add-on', 'deleted parent']);
});

describe('a deletion refused with words that name an order of the customer', () => {
  const refused = (status: number, code: string) =>
    release(
      { orders: [order({ status: 'cancelled' })] },
      {
        delete: new PartnerCenterRefusal({
          operation: 'delete-customer',
          status,
          code,
          description: 'Please cancel the following: alternate-1',
          body: '',
        }),
      },
    );

  it('is one to look at again', async () => {
    const { result } = await refused(400, '99999');
    expect(await result).toMatchObject({
      kind: 'look-again',
      refused: { answer: { orderIds: ['order-1'] } },
    });
  });

  it.each([
    [400, '800061'],
    [403, '800019'],
  ])('ends it where its code does: %i/%s', async (status, code) => {
    const { result } = await refused(status, code);
    await expect(result).rejects.toMatchObject({ answer: { code } });
  });
});

it('a deletion that is a bug is no refusal', async () => {
  const { result } = await release(
    { orders: [order({ status: 'cancelled' })] },
    { delete: new TypeError('a bug') },
  );
  await expect(result).rejects.toThrow('a bug');
});

it.each([
  [0, [0, 1, 5, 9]],
  [3, [3, 4, 8]],
])(
  'an Azure subscription is cancelled in the first two looks that were not held back, and then in every fourth (%i held)',
  async (held, expected) => {
    const made: number[] = [];
    for (let attempt = held; attempt < 10; attempt += 1) {
      const { writes, result } = await release(
        {
          subscriptions: [subscription({ id: 'plan', productType: 'azure' })],
          azureEntitlements: [{ id: 'azure-1', planId: 'plan', status: 'active' }],
        },
        {},
        attempt,
        held,
      );
      expect(await result).toEqual({ kind: 'look-again' });
      if (writes.includes('cancel azure-1')) made.push(attempt);
    }
    expect(made).toEqual(expected);
  },
);

describe('a write', () => {
  it('is written to the log before and after, in words', async () => {
    const { logged, result } = await release({ orders: [order({ status: 'cancelled' })] });
    expect(await result).toEqual({
      kind: 'deleted',
      reason: 'released',
      explanation: 'Everything the customer bought was released, and the customer was deleted.',
    });
    const call = `DELETE /v1/customers/${CUSTOMER_ID}`;
    expect(logged).toEqual([
      `about-to-write delete-customer: ${call}`,
      `written delete-customer: ${call}`,
    ]);
  });

  it.each([
    [new TypeError('A bug.'), 'A bug.'],
    ['a text', 'a text'],
  ])('that fails without an answer is a bug, and goes on as it is: %s', async (bug, why) => {
    const { logged, result } = await release({ orders: [order()] }, { 'cancel order-1': bug });
    await expect(result).rejects.toBe(bug);
    expect(logged).toEqual([
      expect.stringMatching(/^about-to-write cancel-order: PATCH /),
      expect.stringMatching(new RegExp(`^not-written cancel-order: PATCH .*: ${why}$`)),
    ]);
  });
});
