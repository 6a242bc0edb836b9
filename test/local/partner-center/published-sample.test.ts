import { randomUUID } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ManualClock } from '../../../local/clock.ts';
import type { PurchaseSpec } from '../../../local/partner-center/core/spec.ts';
import { startSandbox } from '../../../local/partner-center/sandbox-server.ts';
import { asJson, itemsOf, type Json } from './stage.ts';

/**
 * Microsoft's .NET SDK 3.4.0 as it was seen on the wire, doing what its published sample does: cancel the order of each
 * entitlement, look until all are cancelled, delete the customer.
 */
async function startSdk(purchases: readonly PurchaseSpec[], repeatedCancel?: 'in-progress') {
  const clock = new ManualClock();
  const settings = repeatedCancel === undefined ? {} : { repeatedCancel };
  const server = await startSandbox({ clock, settings });
  onTestFinished(() => server.close());
  const { customerId } = server.sandbox.addCustomer({ purchases: [...purchases] });
  const { clientId: client_id, clientSecret: client_secret, loginUrl: baseUrl, tenantId } = server;
  const scope = 'https://api.partnercenter.microsoft.com/.default';
  const form = { grant_type: 'client_credentials', client_id, client_secret, scope };
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

describe('the published sample, run by the .NET SDK', () => {
  test.each(['reservation', 'perpetual-software', 'software-subscription'] as const)(
    'deletes a customer with a %s',
    async (kind) => {
      const sdk = await startSdk([{ kind, cancelTakesMs: 5_000 }]);
      const { orders, answers } = await cancelEach(sdk);
      expect(answers).toEqual([[200, 'pending']]);
      expect((await sdk.send('DELETE', '')).status).toBe(400);
      sdk.clock.advance(5_000);
      const order = await sdk.send('GET', orders[0] ?? '');
      expect(order.json['status']).toBe('cancelled');
      expect(await sdk.send('DELETE', '')).toEqual({ status: 204, json: {} });
      expect(sdk.server.sandbox.state().customers).toEqual([]);
    },
  );

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
