import { describe, expect, it } from 'vitest';
import { classifyError } from '../../src/teardown/errors/classify-error.ts';
import { answeringClient, answerTo } from './answering-client.ts';

const CUSTOMER = '42b5f772-5c5c-4bce-b9d7-bdadeecca411';
const ID = '87363db7-39ab-dd25-d371-94340aaa2f97';
const PATH = `/v1/customers/${CUSTOMER}/subscriptions/${ID}`;

/** A new-commerce subscription with all that a smaller body would lose, and what no one has documented. */
const resource = {
  id: ID,
  offerId: 'CFQ7TTC0LH18:0001:CFQ7TTC0K971',
  quantity: 3,
  status: 'active',
  autoRenewEnabled: true,
  scheduledNextTermInstructions: { product: { productId: 'CFQ7TTC0LH18' }, quantity: 2 },
  nextChargeInstructions: { quantity: 1 },
  refundOptions: [{ type: 'Full', expiresAt: '2021-01-15T00:00:00Z' }],
  links: { self: { uri: `/customers/${CUSTOMER}/subscriptions/${ID}`, headers: [] } },
  somethingNew: { nested: [1, null, 'x'], Status: 'of something else' },
};

/** A subscription as it is listed, ended then: what was sent for it. */
async function ending(listed: object, answer = () => Response.json({})) {
  const { client, sent } = answeringClient(({ call }) =>
    call.startsWith('GET') ? Response.json({ items: [listed] }) : answer(),
  );
  const [subscription] = await client.listSubscriptions(CUSTOMER);
  if (subscription === undefined) return expect.unreachable();
  const taken = await client.endSubscription(CUSTOMER, subscription, 'deleted');
  const [, patch] = sent;
  return { ...(patch ?? expect.unreachable()), taken };
}

describe('a subscription is ended', () => {
  it('by its whole resource, with only the status changed', async () => {
    const { call, body } = await ending({ ...resource, attributes: { etag: 'e' } });
    expect(call).toBe(`PATCH ${PATH}`);
    expect(body).toBe(
      JSON.stringify({ ...resource, attributes: { etag: 'e' } }).replace(
        '"status":"active"',
        '"status":"deleted"',
      ),
    );
  });

  it('under the property name that its status had', async () => {
    const { body } = await ending({ Id: ID, Status: 'active', AutoRenewEnabled: true });
    expect(JSON.parse(body)).toEqual({ Id: ID, Status: 'deleted', AutoRenewEnabled: true });
    expect(JSON.parse((await ending({ id: ID })).body)).toEqual({ id: ID, status: 'deleted' });
  });

  it('with If-Match where it has an etag', async () => {
    const { headers } = await ending({ ...resource, attributes: { etag: '5920358838484612121' } });
    expect(headers.get('if-match')).toBe('"5920358838484612121"');
  });

  it.each([
    {},
    { attributes: null },
    { attributes: {} },
    { attributes: { objectType: 'Subscription' } },
    { attributes: { etag: '' } },
    { attributes: { etag: null } },
  ])('without If-Match where it has none: %j', async (attributes) => {
    const { headers } = await ending({ ...resource, ...attributes });
    expect(headers.has('if-match')).toBe(false);
  });
});

const subscription = {
  ...{ id: ID, offerId: '', offerName: '', productType: '', status: 'active', quantity: 1 },
  resource,
};

it('an Azure subscription is cancelled with the documented reason, and nothing besides', async () => {
  const { client, sent } = answeringClient(() => Response.json({ status: 'active' }));
  const entitlement = { id: 'entitlement-1', planId: ID, status: 'active' };
  await client.cancelAzureEntitlement(CUSTOMER, entitlement);
  expect(sent.map(({ call, body }) => [call, body])).toEqual([
    [`POST ${PATH}/azureEntitlements/entitlement-1/cancel`, '{"cancellationReason":"compromise"}'],
  ]);
});

it('a marketplace subscription is activated without a body', async () => {
  const { client, sent } = answeringClient(() =>
    Response.json({ subscriptionId: ID, status: 'Success' }),
  );
  expect(await client.activateSubscription(CUSTOMER, subscription)).toBe('done');
  expect(sent.map(({ call, body }) => [call, body])).toEqual([[`POST ${PATH}/activate`, '']]);
  expect(sent[0]?.headers.has('content-type')).toBe(false);
});

it('auto-renew is turned off in the whole resource, and nothing else is changed', async () => {
  const { client, sent } = answeringClient(() => Response.json({}));
  const renewing = { Id: ID, AutoRenewEnabled: true, scheduledNextTermInstructions: { a: 1 } };
  await client.turnOffAutoRenew(CUSTOMER, { ...subscription, resource: renewing });
  const [only] = sent;
  expect(only?.call).toBe(`PATCH ${PATH}`);
  expect(JSON.parse(only?.body ?? '')).toEqual({ ...renewing, AutoRenewEnabled: false });
});

it('a refused activation is reported with its code', async () => {
  const { client } = answeringClient(() =>
    Response.json({ code: 800081, description: 'No.' }, { status: 400 }),
  );
  const refused = await answerTo(client.activateSubscription(CUSTOMER, subscription));
  expect(refused).toMatchObject({
    operation: 'activate-subscription',
    status: 400,
    code: '800081',
  });
});

describe('a write that is answered with', () => {
  const location = { location: PATH };
  const entitlement = { id: 'a', planId: ID, status: 'active' };
  type Client = ReturnType<typeof answeringClient>['client'];
  const writes: [string, (client: Client) => Promise<unknown>][] = [
    ['an order', (client) => client.cancelOrder(CUSTOMER, 'o')],
    ['a subscription', (client) => client.endSubscription(CUSTOMER, subscription, 'deleted')],
    ['an activation', (client) => client.activateSubscription(CUSTOMER, subscription)],
    ['an Azure subscription', (client) => client.cancelAzureEntitlement(CUSTOMER, entitlement)],
  ];

  it.each(writes)('202 is accepted and not done, however it comes: %s', async (_what, write) => {
    for (const answer of [
      () => new Response(null, { status: 202, headers: location }),
      () => new Response('', { status: 202 }),
      () => Response.json({ ...resource, status: 'active' }, { status: 202, headers: location }),
      () => new Response('Accepted.', { status: 202 }),
    ]) {
      const { client, sent } = answeringClient(answer);
      expect(await write(client)).toBe('accepted');
      expect(sent).toHaveLength(1);
    }
  });

  it.each(writes)('200 or 204 is done: %s', async (_what, write) => {
    for (const answer of [
      () => Response.json(resource),
      () => new Response(null, { status: 204 }),
      () => new Response(''),
    ]) {
      expect(await write(answeringClient(answer).client)).toBe('done');
    }
  });

  it('202 for a deletion is not final: the next check reads', async () => {
    const { client } = answeringClient(() => new Response(null, { status: 202 }));
    const refused = await answerTo(client.deleteCustomer(CUSTOMER));
    expect(refused && classifyError(refused)).toEqual({ kind: 'requeue' });
    const deleted = answeringClient(() => new Response(null, { status: 204 })).client;
    expect(await deleted.deleteCustomer(CUSTOMER)).toBe('done');
  });
});
