import { describe, expect, it } from 'vitest';
import { PartnerCenterError } from '../../src/teardown/model/partner-center-error.ts';
import { signedInSandbox } from './signed-in-sandbox.ts';

async function errorOf(call: Promise<unknown>) {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(PartnerCenterError);
  return error instanceof PartnerCenterError ? error.response : expect.unreachable();
}

describe('the Partner Center client, reading', () => {
  it('knows the tenant that its token is for', async () => {
    const { client, server } = await signedInSandbox();
    expect(await client().signedInTenant()).toBe(server.tenantId);
  });

  it('lists the customers of all pages', async () => {
    const { client, core } = await signedInSandbox();
    core.changeSettings({ pageSize: 4 });
    const added = Array.from({ length: 11 }, () => core.addCustomer({}).customerId);
    const listed = (await client().listCustomers(75)).map(({ id }) => id);
    expect(listed.toSorted()).toEqual(added.toSorted());
  });

  it('stops listing once there are more than the limit', async () => {
    const { client, core } = await signedInSandbox();
    core.changeSettings({ pageSize: 4 });
    for (let index = 0; index < 11; index += 1) core.addCustomer({});
    expect(await client().listCustomers(5)).toHaveLength(8);
  });

  it('reads orders, subscriptions, and entitlements at every depth', async () => {
    const { client, core } = await signedInSandbox({ refuseEntitlementsToAppOnly: false });
    const { customerId } = core.addCustomer({
      purchases: [{ kind: 'reservation', nested: 2 }, { kind: 'licence' }],
    });
    const reader = client();
    const state = core.state().customers[0];
    const orders = await reader.listOrders(customerId);
    expect(orders.map(({ id }) => id).toSorted()).toEqual(
      state?.orders.map(({ id }) => id).toSorted(),
    );
    expect(await reader.listSubscriptions(customerId)).toMatchObject([
      { productType: '', status: 'active', etag: expect.any(String) },
    ]);
    const entitlements = await reader.listEntitlements(customerId);
    expect(new Set(entitlements.map(({ orderId }) => orderId)).size).toBe(3);
  });

  it('reports by code that app-only credentials may not read entitlements', async () => {
    const { client, core } = await signedInSandbox({ refuseEntitlementsToAppOnly: true });
    const { customerId } = core.addCustomer({});
    expect(await errorOf(client().listEntitlements(customerId))).toMatchObject({
      status: 403,
      code: '900329',
    });
  });

  it('recognises an unknown customer by its error', async () => {
    const { client } = await signedInSandbox();
    const answer = await errorOf(client().getCustomer('00000000-1111-2222-3333-444444444444'));
    expect(answer).toMatchObject({ operation: 'get-customer', status: 403, code: '20002' });
  });
});

describe('the Partner Center client, writing', () => {
  it('cancels an order, and cancelling again changes nothing', async () => {
    const { client, core } = await signedInSandbox();
    const { customerId } = core.addCustomer({
      purchases: [{ kind: 'reservation', cancelTakesMs: 0 }],
    });
    const [order] = await client().listOrders(customerId);
    await client().cancelOrder(customerId, order?.id ?? '');
    await client().cancelOrder(customerId, order?.id ?? '');
    expect(await client().listOrders(customerId)).toMatchObject([{ status: 'cancelled' }]);
    expect(core.state().writeCounts['cancel-order']).toBe(1);
  });

  it('ends a subscription by its whole resource and its etag', async () => {
    const { client, core } = await signedInSandbox();
    const { customerId } = core.addCustomer({
      purchases: [{ kind: 'new-commerce', cancelTakesMs: 0 }],
    });
    const [subscription] = await client().listSubscriptions(customerId);
    if (subscription === undefined) return expect.unreachable();
    await client().endSubscription(customerId, subscription, 'deleted');
    expect(await client().listSubscriptions(customerId)).toMatchObject([{ status: 'deleted' }]);
  });

  it('is refused with an etag that is out of date', async () => {
    const { client, core } = await signedInSandbox();
    const { customerId } = core.addCustomer({
      purchases: [{ kind: 'licence', cancelTakesMs: 0 }],
    });
    const [subscription] = await client().listSubscriptions(customerId);
    if (subscription === undefined) return expect.unreachable();
    const stale = { ...subscription, etag: 'stale' };
    const answer = await errorOf(client().endSubscription(customerId, stale, 'suspended'));
    expect([400, 412]).toContain(answer.status);
  });

  it('cancels the Azure subscriptions of a plan, then suspends the plan', async () => {
    const { client, core } = await signedInSandbox();
    const { customerId } = core.addCustomer({
      purchases: [{ kind: 'azure-plan', azureSubscriptions: 2, cancelTakesMs: 0 }],
    });
    const [plan] = await client().listSubscriptions(customerId);
    if (plan === undefined) return expect.unreachable();
    expect(await errorOf(client().endSubscription(customerId, plan, 'suspended'))).toMatchObject({
      status: 403,
      code: '900115',
    });
    for (const each of await client().listAzureEntitlements(customerId, plan.id)) {
      await client().cancelAzureEntitlement(customerId, each);
    }
    const [fresh] = await client().listSubscriptions(customerId);
    await client().endSubscription(customerId, fresh ?? plan, 'suspended');
    expect(core.state().customers[0]?.blockedBy).toEqual([]);
  });

  it('deletes a customer, and reports what blocks otherwise', async () => {
    const { client, core } = await signedInSandbox();
    const free = core.addCustomer({}).customerId;
    await client().deleteCustomer(free);
    expect(core.state().deletedCustomers.map(({ id }) => id)).toEqual([free]);
    const blocked = core.addCustomer({ purchases: [{ kind: 'reservation' }] }).customerId;
    const answer = await errorOf(client().deleteCustomer(blocked));
    const [blocker] = core.state().customers[0]?.blockedBy ?? [];
    expect(answer.description).toContain(blocker);
  });

  it('sends a request whose answer was lost once more under the same MS-RequestId', async () => {
    const { client, core } = await signedInSandbox();
    const { customerId } = core.addCustomer({
      purchases: [{ kind: 'reservation', cancelTakesMs: 0 }],
    });
    const [order] = await client().listOrders(customerId);
    core.injectFault({ kind: 'drop-after', operation: 'patch-order' });
    await client().cancelOrder(customerId, order?.id ?? '');
    const patches = core.requests().requests.filter(({ operation }) => operation === 'patch-order');
    expect(patches).toHaveLength(2);
    expect(new Set(patches.map(({ requestId }) => requestId)).size).toBe(1);
  });

  it('uses a new MS-RequestId for every operation, and one trace for a teardown', async () => {
    const { client, core } = await signedInSandbox();
    const { customerId } = core.addCustomer({});
    await client('teardown-1').getCustomer(customerId);
    await client('teardown-1').listOrders(customerId);
    await client('teardown-2').listOrders(customerId);
    const [a, b, c] = core.requests().requests;
    expect(a?.requestId).not.toBe(b?.requestId);
    expect(a?.correlationId).toBe(b?.correlationId);
    expect(b?.correlationId).not.toBe(c?.correlationId);
  });
});

describe('the Partner Center client, refused', () => {
  it('takes the wait from a 429', async () => {
    const { client, core } = await signedInSandbox();
    const { customerId } = core.addCustomer({});
    core.injectFault({
      kind: 'status',
      operation: 'list-orders',
      status: 429,
      headers: { 'Retry-After': '57' },
      body: { statusCode: 429, message: 'Rate limit is exceeded. Try again in 57 seconds.' },
    });
    expect(await errorOf(client().listOrders(customerId))).toMatchObject({
      status: 429,
      retryAfterMs: 57_000,
      description: 'Rate limit is exceeded. Try again in 57 seconds.',
    });
    expect(core.requests().total).toBe(1);
  });

  it('by a 5xx does not repeat a request: the next check does', async () => {
    const { client, core } = await signedInSandbox();
    const { customerId } = core.addCustomer({ purchases: [{ kind: 'reservation' }] });
    const [order] = await client().listOrders(customerId);
    for (const operation of ['patch-order', 'list-orders'] as const) {
      core.injectFault({ kind: 'status', operation, status: 503 });
    }
    expect(await errorOf(client().cancelOrder(customerId, order?.id ?? ''))).toMatchObject({
      status: 503,
    });
    expect(await errorOf(client().listOrders(customerId))).toMatchObject({ status: 503 });
    const failed = core.requests().requests.filter(({ status }) => status === 503);
    expect(failed).toHaveLength(2);
    expect(core.requests().total).toBe(3);
  });

  it('asks for a new token once after a 401, then gives up', async () => {
    const { client, core } = await signedInSandbox();
    const { customerId } = core.addCustomer({});
    core.injectFault({ kind: 'status', operation: 'get-customer', status: 401 });
    expect(await client().getCustomer(customerId)).toMatchObject({ id: customerId });
    core.injectFault({ kind: 'status', operation: 'get-customer', status: 401, times: 2 });
    expect(await errorOf(client().getCustomer(customerId))).toMatchObject({ status: 401 });
  });

  it('by a wrong secret fails to sign in, and the secret is in no message', async () => {
    const { server } = await signedInSandbox();
    const { byClientSecret } = await import('../../src/partner-center/auth/client-secret.ts');
    const { signInError } = await import('../../src/partner-center/auth/sign-in-error.ts');
    const request = byClientSecret({
      ...server,
      clientSecret: 'wrong~secret',
      scope: 'https://api.partnercenter.microsoft.com/.default',
    });
    const error: unknown = await request().catch((reason: unknown) => reason);
    const signIn = signInError(error);
    expect(signIn.response).toMatchObject({ operation: 'sign-in', status: 401 });
    expect(JSON.stringify(signIn.response)).not.toContain('wrong~secret');
  });
});
