import { randomUUID } from 'node:crypto';
import { ManualClock } from '@sandbox-teardown/shared/clock';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { PurchaseSpec } from '../src/core/spec.ts';
import { startSandbox } from '../src/sandbox-server.ts';
import { asJson, itemsOf, type Json } from './fixture.ts';

/**
 * Microsoft's .NET SDK 3.4.0 as it was seen on the wire, doing what its published sample does (article
 * delete-a-customer-account-from-the-integration-sandbox): cancel the order of each entitlement, poll until all are
 * cancelled, delete the customer. A person is signed in, as article get-a-collection-of-entitlements asks for. The
 * printed loop never sets its flag back, so that an order still pending at the first read keeps it going for ever; here
 * it reads once, when all should be done.
 */
async function startSdk(purchases: readonly PurchaseSpec[], repeatedCancel?: 'in-progress') {
  const clock = new ManualClock();
  const settings = repeatedCancel === undefined ? {} : { repeatedCancel };
  const server = await startSandbox({ clock, settings });
  onTestFinished(() => server.close());
  const { customerId } = server.sandbox.addCustomer({ purchases: [...purchases] });
  const { clientId: client_id, clientSecret: client_secret, loginUrl: baseUrl, tenantId } = server;
  const scope = 'https://api.partnercenter.microsoft.com/.default';
  const refresh_token = server.login.issueRefreshToken();
  const form = { grant_type: 'refresh_token', refresh_token, client_id, client_secret, scope };
  const login = server.login.handle({
    method: 'POST',
    path: `/${tenantId}/oauth2/v2.0/token`,
    query: new URLSearchParams(),
    form: new URLSearchParams(form),
    baseUrl,
  });
  const correlation = randomUUID();
  const send = async (method: string, path: string, resource?: Json) => {
    const answer = await fetch(`${server.apiUrl}/v1/customers/${customerId}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${asJson(login.body)['access_token']}`,
        Accept: 'application/json',
        'MS-RequestId': randomUUID(),
        'MS-CorrelationId': correlation,
        'X-Locale': 'en-US',
        'MS-PartnerCenter-Client': 'Partner Center .NET SDK',
        'MS-SdkVersion': '3.4.0.0',
        ...(resource === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(resource === undefined ? {} : { body: JSON.stringify(resource) }),
    });
    const text = await answer.text();
    return { status: answer.status, json: text === '' ? {} : asJson(JSON.parse(text)) };
  };
  return { clock, server, send };
}

type Sdk = Awaited<ReturnType<typeof startSdk>>;

/** Names as .NET has them; what the SDK knows and the service did not send is null. */
function asSdkSends(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asSdkSends);
  if (typeof value !== 'object' || value === null) return value;
  return {
    CurrencySymbol: null,
    PartnerIdOnRecord: null,
    ...Object.fromEntries(
      Object.entries(value).map(([name, field]) => [
        name.charAt(0).toUpperCase() + name.slice(1),
        asSdkSends(field),
      ]),
    ),
  };
}

const wholeOrder = (order: Json): Json => asJson(asSdkSends({ ...order, status: 'Cancelled' }));

async function cancelEach({ send }: Sdk) {
  const orders: string[] = [];
  const answers: [number, unknown][] = [];
  for (const entitlement of itemsOf(await send('GET', '/entitlements'))) {
    const path = `/orders/${asJson(entitlement['referenceOrder'])['id']}`;
    const { status, json } = await send('PATCH', path, wholeOrder((await send('GET', path)).json));
    orders.push(path);
    answers.push([status, json['code'] ?? json['status']]);
  }
  return { orders, answers };
}

/** The sample from its first line to its last; what DELETE answered, and how often something was cancelled. */
async function run(sdk: Sdk) {
  const { orders, answers } = await cancelEach(sdk);
  sdk.clock.advance(5_000);
  const statuses = await Promise.all(
    orders.map(async (path) => (await sdk.send('GET', path)).json['status']),
  );
  const { status, json } = await sdk.send('DELETE', '');
  return { answers, statuses, deleted: [status, json['code']] };
}

const cancelTakesMs = 5_000;

describe('the published sample, run by the .NET SDK', () => {
  test.each<[string, PurchaseSpec[], number]>([
    ['a reservation', [{ kind: 'reservation', cancelTakesMs }], 1],
    ['perpetual software', [{ kind: 'perpetual-software', cancelTakesMs }], 1],
    ['a software subscription', [{ kind: 'software-subscription', cancelTakesMs }], 1],
    [
      'reservations and software of both kinds',
      [
        { kind: 'reservation', lines: 2, entitlements: 2, cancelTakesMs },
        { kind: 'reservation', ageDays: 59, cancelTakesMs },
        { kind: 'perpetual-software', cancelTakesMs },
        { kind: 'software-subscription', cancelTakesMs },
      ],
      5,
    ],
    ['nothing', [], 0],
  ])('deletes a customer with %s', async (_what, purchases, count) => {
    const sdk = await startSdk(purchases);
    const { answers, statuses, deleted } = await run(sdk);
    expect(answers).toEqual(Array.from({ length: count }, () => [200, 'pending']));
    expect(statuses).toEqual(Array.from({ length: count }, () => 'cancelled'));
    expect(deleted).toEqual([204, undefined]);
    expect(sdk.server.sandbox.state().customers).toEqual([]);
  });

  test('is refused to delete the customer before its orders are cancelled', async () => {
    const sdk = await startSdk([{ kind: 'reservation', cancelTakesMs }]);
    await cancelEach(sdk);
    expect((await sdk.send('DELETE', '')).status).toBe(400);
    sdk.clock.advance(cancelTakesMs);
    expect((await sdk.send('DELETE', '')).status).toBe(204);
  });

  test.each(['new-commerce', 'saas', 'azure-plan', 'licence'] as const)(
    'cancels nothing of a customer with %s, which has no entitlement, and may not delete it',
    async (kind) => {
      const sdk = await startSdk([{ kind }]);
      expect(await run(sdk)).toEqual({ answers: [], statuses: [], deleted: [400, '2000'] });
      expect(sdk.server.sandbox.state().writes).toEqual([]);
    },
  );

  test('is refused an order of more than sixty days', async () => {
    const sdk = await startSdk([{ kind: 'reservation', ageDays: 61 }]);
    const { answers, deleted } = await run(sdk);
    expect([answers, deleted]).toEqual([[[400, '800061']], [400, '2000']]);
  });

  test('cannot begin with an application by itself', async () => {
    const { server } = await startSdk([]);
    const path = `/v1/customers/${server.sandbox.state().customers[0]?.id}/entitlements`;
    const caller = server.sandbox.appOnlyCaller;
    const { status, body } = server.sandbox.handle({ method: 'GET', path, caller });
    expect([status, asJson(body)['code']]).toEqual([403, '900329']);
  });

  test('gets through an order that several entitlements share, each of which it cancels', async () => {
    const purchase = { kind: 'perpetual-software', lines: 2, entitlements: 3 } as const;
    const sdk = await startSdk([{ ...purchase, cancelTakesMs: 5_000 }]);
    const { orders, answers } = await cancelEach(sdk);
    expect(new Set(orders).size).toBe(1);
    expect(answers).toEqual([
      [200, 'pending'],
      [200, 'pending'],
      [200, 'pending'],
    ]);
    expect(sdk.server.sandbox.state().writeCounts['cancel-order']).toBe(1);
    sdk.clock.advance(5_000);
    expect((await sdk.send('DELETE', '')).status).toBe(204);
  });

  test('ends at the second of them where the service says that the order is in progress', async () => {
    const purchase = { kind: 'reservation', entitlements: 2, cancelTakesMs: 5_000 } as const;
    const { answers } = await cancelEach(await startSdk([purchase], 'in-progress'));
    expect(answers).toEqual([
      [200, 'pending'],
      [409, '800060'],
    ]);
  });
});

test('the .NET SDK ends a subscription with the whole resource and its etag in the body', async () => {
  const { send, server } = await startSdk([{ kind: 'saas' }]);
  const path = `/subscriptions/${server.sandbox.state().customers[0]?.subscriptions[0]?.id}`;
  const subscription = (await send('GET', path)).json;
  const ended = asJson(asSdkSends({ ...subscription, status: 'deleted' }));
  expect((await send('PATCH', path, ended)).json['status']).toBe('deleted');
  expect((await send('PATCH', path, ended)).json['code']).toBe('2055');
  expect((await send('DELETE', '')).status).toBe(204);
});
