import { describe, expect, it } from 'vitest';
import { answeringClient, answerTo } from './answering-client.ts';

type Client = ReturnType<typeof answeringClient>['client'];

const subscription = {
  ...{ id: 's/1', offerId: '', offerName: '', productType: '', status: 'active', quantity: 1 },
  resource: {},
};
const entitlement = { id: 'e/1', planId: 'p/1', status: 'active' };
const line = { lineItemNumber: 2, offerId: 'o', quantity: 3 };

/** Each call: its name, what it asks for, and the body that it sends. */
const calls: readonly [string, string, string, (client: Client) => Promise<unknown>][] = [
  [
    'get-organization-profile',
    'GET /v1/profiles/organization',
    '',
    (client) => client.organizationDomain(),
  ],
  ['list-customers', 'GET /v1/customers?size=100', '', (client) => client.listCustomers(75)],
  ['get-customer', 'GET /v1/customers/c%2F1', '', (client) => client.getCustomer('c/1')],
  [
    'list-entitlements',
    'GET /v1/customers/c%2F1/entitlements',
    '',
    (client) => client.listEntitlements('c/1'),
  ],
  ['list-orders', 'GET /v1/customers/c%2F1/orders', '', (client) => client.listOrders('c/1')],
  [
    'list-subscriptions',
    'GET /v1/customers/c%2F1/subscriptions',
    '',
    (client) => client.listSubscriptions('c/1'),
  ],
  [
    'list-azure-entitlements',
    'GET /v1/customers/c%2F1/subscriptions/p%2F1/azureEntitlements',
    '',
    (client) => client.listAzureEntitlements('c/1', 'p/1'),
  ],
  [
    'cancel-order',
    'PATCH /v1/customers/c%2F1/orders/o%2F1',
    '{"id":"o/1","status":"cancelled"}',
    (client) => client.cancelOrder('c/1', 'o/1'),
  ],
  [
    'cancel-order',
    'PATCH /v1/customers/c%2F1/orders/o%2F1',
    '{"id":"o/1","status":"cancelled","lineItems":[{"lineItemNumber":2,"offerId":"o"}]}',
    (client) => client.cancelOrder('c/1', 'o/1', [line]),
  ],
  [
    'end-subscription',
    'PATCH /v1/customers/c%2F1/subscriptions/s%2F1',
    '{"status":"suspended"}',
    (client) => client.endSubscription('c/1', subscription, 'suspended'),
  ],
  [
    'turn-off-auto-renew',
    'PATCH /v1/customers/c%2F1/subscriptions/s%2F1',
    '{"autoRenewEnabled":false}',
    (client) => client.turnOffAutoRenew('c/1', subscription),
  ],
  [
    'activate-subscription',
    'POST /v1/customers/c%2F1/subscriptions/s%2F1/activate',
    '',
    (client) => client.activateSubscription('c/1', subscription),
  ],
  [
    'cancel-azure-entitlement',
    'POST /v1/customers/c%2F1/subscriptions/p%2F1/azureEntitlements/e%2F1/cancel',
    '{"cancellationReason":"compromise"}',
    (client) => client.cancelAzureEntitlement('c/1', entitlement),
  ],
  ['delete-customer', 'DELETE /v1/customers/c%2F1', '', (client) => client.deleteCustomer('c/1')],
];

describe('each call', () => {
  it.each(calls)('%s is sent once: %s %s', async (operation, call, body, send) => {
    const { client, sent } = answeringClient(() => new Response(null, { status: 418 }));
    expect(await answerTo(send(client))).toMatchObject({ operation, status: 418 });
    expect(sent.map((each) => [each.call, each.body])).toEqual([[call, body]]);
  });

  const reads = calls.filter(([, call]) => call.startsWith('GET'));

  it.each(reads)('%s is refused by its name where it cannot be read', async (...call) => {
    const [operation, , , read] = call;
    const errorFor = async (body: string) =>
      answerTo(read(answeringClient(() => new Response(body)).client));
    expect(await errorFor('<html>')).toMatchObject({ operation, unreadable: true, body: '<html>' });
    const deep = '['.repeat(41) + ']'.repeat(41);
    expect(await errorFor(deep)).toMatchObject({
      operation,
      status: 200,
      description: 'The answer is nested deeper than 40 levels.',
    });
  });
});

const answering = (...answers: readonly unknown[]) => {
  let count = 0;
  return answeringClient(() => Response.json(answers[Math.min(count++, answers.length - 1)]));
};

describe('an answer', () => {
  it.each([{}, null, 7, 'x', []])(
    'that is %j where a customer should be says nothing',
    async (body) => {
      expect(await answerTo(answering(body).client.getCustomer('c'))).toStrictEqual({
        operation: 'get-customer',
        status: 200,
        unreadable: true,
        description: 'The answer has nothing where a resource should be.',
        body: JSON.stringify(body),
      });
    },
  );

  it.each([{}, null, 7, 'x', []])('with %j in a list says nothing', async (item) => {
    const list = answering({ items: [{ id: 'o' }, item] }).client.listOrders('c');
    expect(await answerTo(list)).toStrictEqual({
      operation: 'list-orders',
      status: 200,
      unreadable: true,
      description: 'The answer has nothing where a resource should be.',
      body: '',
    });
  });

  it('about another customer is rejected, and an id in another letter case is the same', async () => {
    const { client } = answering({ id: 'C' });
    expect(await client.getCustomer('c')).toEqual({ id: 'c' });
    expect(await answerTo(client.getCustomer('d'))).toMatchObject({
      operation: 'get-customer',
      status: 200,
      description: 'The answer is about another customer, c.',
    });
  });

  it('of an undocumented shape is rejected with the place of the difference', async () => {
    const refused = await answerTo(answering({ items: [{ id: '', x: 1 }] }).client.listOrders('c'));
    expect(refused).toMatchObject({
      operation: 'list-orders',
      status: 200,
      description:
        'The answer is not shaped as documented: The answer has a resource without an id.',
    });
    expect(refused).not.toHaveProperty('unreadable');
    for (const call of [
      answering({ id: '' }).client.getCustomer('c'),
      answering({ domain: {} }).client.organizationDomain(),
    ]) {
      expect((await answerTo(call))?.description).toContain('not shaped as documented');
    }
  });

  it('of the organization is its domain, or none', async () => {
    expect(await answering({ Domain: 'a.test' }).client.organizationDomain()).toBe('a.test');
    expect(await answering({}).client.organizationDomain()).toBeUndefined();
    const secret = answering({ domain: 'client_secret=a-secret-of-the-app' }).client;
    expect(await secret.organizationDomain()).toBeUndefined();
  });

  it('may have many values within its items, up to a limit', async () => {
    const lines = (count: number) => [{ id: 'o', lineItems: Array(count).fill({ offerId: 'x' }) }];
    const [order] = await answering({ items: lines(2_000) }).client.listOrders('c');
    expect(order?.lines).toHaveLength(2_000);
    expect(await answerTo(answering({ items: lines(2_001) }).client.listOrders('c'))).toMatchObject(
      {
        operation: 'list-orders',
        status: 200,
        description: 'The list holds more than 2000 things within its items.',
      },
    );
  });

  it.each([
    [204, null, true],
    [200, '', true],
    [200, ' \n', true],
    [200, '{}', false],
    [202, null, false],
    [202, '{}', false],
    [201, '', false],
  ])('with status %i and body %j to a deletion has the result %s', async (status, body, isDone) => {
    const { client } = answeringClient(() => new Response(body, { status }));
    if (isDone) expect(await client.deleteCustomer('c')).toBe('done');
    else {
      expect(await answerTo(client.deleteCustomer('c'))).toStrictEqual({
        operation: 'delete-customer',
        status,
        description: expect.stringContaining('204'),
        body: body ?? '',
      });
    }
  });
});
