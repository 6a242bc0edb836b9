import { describe, expect, it } from 'vitest';
import { STEADY_BACKOFF } from '../../../simulation/backoff.ts';
import { live } from '../../../src/teardown/execute/live.ts';
import type { Check } from '../../../src/teardown/model/check.ts';
import type {
  PartnerCenterReader,
  PartnerCenterWriter,
} from '../../../src/teardown/model/partner-center.ts';
import { PartnerCenterError } from '../../../src/teardown/model/partner-center-error.ts';
import type { Customer, Order } from '../../../src/teardown/model/purchases.ts';
import { type Deps, reconcile } from '../../../src/teardown/reconcile/reconcile.ts';
import { aCheck, CUSTOMER_ID, NOW_MS, order } from '../builders.ts';

/** What a later check asks before it writes, whatever its message carries. */

const real: Customer = { id: CUSTOMER_ID, domain: 'shop.contoso.com' };
const pending = [order({ status: 'pending' })];

async function check(
  orders: readonly Order[],
  more: Partial<Check> = {},
  deps: Partial<Deps> = {},
) {
  const calls: string[] = [];
  const call =
    <T>(name: string, result: T) =>
    async (): Promise<T> => {
      calls.push(name);
      return result;
    };
  const client: PartnerCenterReader & PartnerCenterWriter = {
    signedInTenant: async () => 'tenant',
    organizationDomain: async () => undefined,
    listCustomers: call('count', []),
    getCustomer: call('read', real),
    listEntitlements: call('list', []),
    listOrders: call('list', orders),
    listSubscriptions: call('list', []),
    listAzureEntitlements: call('list', []),
    cancelOrder: call('cancel', 'done' as const),
    endSubscription: call('end', 'done' as const),
    turnOffAutoRenew: call('end', 'done' as const),
    activateSubscription: call('end', 'done' as const),
    cancelAzureEntitlement: call('cancel', 'done' as const),
    deleteCustomer: call('delete', 'done' as const),
  };
  const ending = await reconcile(aCheck({ begun: true, attempt: 1, ...more }), {
    reader: client,
    executor: live(client, () => undefined, NOW_MS),
    mode: 'enforce',
    protections: [],
    proveSandbox: async () => undefined,
    backoff: { ...STEADY_BACKOFF, maxChecks: 10, deadlineMs: 60_000 },
    nowMs: NOW_MS,
    random: () => 0.5,
    ...deps,
  });
  const end =
    ending.kind === 'finish' ? `${ending.outcome.kind} ${ending.outcome.reason}` : 'again';
  return { end, calls, ending };
}

const protections = [{ customer: '*.contoso.com', owner: 'Ada' }];

describe('a check that carries another domain than the customer has', () => {
  const forged = { domain: 'x.y' };

  it('deletes no customer that its real domain protects', async () => {
    const { end, calls } = await check([], forged, { protections });
    expect(end).toBe('skipped protected');
    expect(calls).not.toContain('delete');
  });

  it('cancels nothing of such a customer', async () => {
    const { end, calls } = await check([order()], forged, { protections });
    expect(end).toBe('skipped protected');
    expect(calls).not.toContain('cancel');
  });

  it('deletes no customer without the domain that the request expects', async () => {
    const request = { customerTenantId: CUSTOMER_ID, expectedDomain: 'x.y' };
    const { end, calls } = await check([], { ...forged, request });
    expect(end).toBe('skipped unexpected-domain');
    expect(calls).not.toContain('delete');
  });

  it('is stopped by a protection of the domain that it carries, without a request', async () => {
    const { end, calls } = await check([], forged, {
      protections: [{ customer: 'x.y', owner: 'Ada' }],
    });
    expect([end, calls]).toEqual(['skipped protected', []]);
  });

  it('is stopped where that is not the domain the request expects, without a request', async () => {
    const request = { customerTenantId: CUSTOMER_ID, expectedDomain: 'shop.contoso.com' };
    const { end, calls } = await check(pending, { ...forged, request });
    expect([end, calls]).toEqual(['skipped unexpected-domain', []]);
  });
});

it('a check that carries the domain of its customer goes on where a rule protects another domain', async () => {
  const others = { protections: [{ customer: '*.fabrikam.com', owner: 'Ada' }] };
  const { end } = await check(pending, { domain: 'shop.contoso.com' }, others);
  expect(end).toBe('again');
});

describe('a check that carries no domain', () => {
  it('is not stopped by the domain that the request expects before the customer is read', async () => {
    const request = { customerTenantId: CUSTOMER_ID, expectedDomain: 'shop.contoso.com' };
    const { end, calls } = await check(pending, { request });
    expect([end, calls.includes('read')]).toEqual(['again', false]);
  });

  it('is not stopped by a rule for domains before the customer is read', async () => {
    const { end, calls } = await check(pending, {}, { protections });
    expect([end, calls.includes('read')]).toEqual(['again', false]);
  });

  it('is stopped by a protection of its id, without a request', async () => {
    const { end, calls } = await check(
      [],
      {},
      {
        protections: [{ customer: CUSTOMER_ID, owner: 'Ada' }],
      },
    );
    expect([end, calls]).toEqual(['skipped protected', []]);
  });
});

describe("a check of a sweep's request", () => {
  const swept = {
    teardownId: `sweep-20261122T0200Z-${CUSTOMER_ID}`,
    request: { customerTenantId: CUSTOMER_ID, requestedBy: 'nightlySweep' },
  };

  it.each<[string, Partial<Deps>]>([
    ['there are no rules any more', {}],
    ['the rules are emptied', { sweepRules: { include: [], maxCustomers: 25 } }],
    ['the cap is none', { sweepRules: { include: ['*'], maxCustomers: 0 } }],
  ])('ends although it only waits, without a request, once %s', async (_when, more) => {
    const { end, calls } = await check(pending, swept, more);
    expect(end).toBe('skipped no-longer-included');
    expect(calls).toEqual([]);
  });
});

describe('a check', () => {
  it('reports nothing about a customer that another account does not know', async () => {
    const { end, calls } = await check([], {}, { proveSandbox: async () => 'Another tenant.' });
    expect([end, calls]).toEqual(['parked not-a-sandbox', []]);
  });

  it('that only waits reads only the lists', async () => {
    expect((await check(pending)).calls).toEqual(['list', 'list', 'list']);
  });

  it('reads the customer before its first write, and once, where a rule asks for its domain', async () => {
    const others = { protections: [{ customer: '*.fabrikam.com', owner: 'Ada' }] };
    expect((await check([order(), order({ id: 'order-2' })], {}, others)).calls).toEqual([
      ...['list', 'list', 'list', 'read'],
      ...['cancel', 'cancel'],
    ]);
    expect((await check([], {}, others)).calls).toEqual(['list', 'list', 'list', 'read', 'delete']);
    expect((await check([])).calls).toEqual(['list', 'list', 'list', 'delete']);
  });

  it('applies minIdle to what was bought since', async () => {
    const request = { customerTenantId: CUSTOMER_ID, minIdle: 'P7D' };
    const { end, calls } = await check([order()], { request });
    expect([end, calls.includes('cancel')]).toEqual(['skipped not-idle', false]);
  });

  it('reports a customer that is gone by then as deleted', async () => {
    const gone = new PartnerCenterError({
      operation: 'get-customer',
      status: 404,
      code: '60003',
      description: '',
      body: '',
    });
    const { end } = await check(
      [],
      {},
      {
        protections: [{ customer: '*.fabrikam.com', owner: 'Ada' }],
        reader: {
          ...({} as PartnerCenterReader),
          listEntitlements: async () => [],
          listOrders: async () => [],
          listSubscriptions: async () => [],
          getCustomer: () => Promise.reject(gone),
        },
      },
    );
    expect(end).toBe('deleted already-gone');
  });

  it('says what it has written where a guard stops it later', async () => {
    const { ending } = await check([order()]);
    expect(ending).toMatchObject({
      written: [`PATCH /v1/customers/${CUSTOMER_ID}/orders/order-1 (status cancelled)`],
    });
    const written = 'written' in ending ? ending.written : undefined;
    const stopped = await check([], { written: written ?? [] }, { mode: 'off' });
    expect(stopped.ending).toMatchObject({
      outcome: {
        reason: 'switched-off',
        explanation: expect.stringMatching(
          /Already written: PATCH .*order-1 \(status cancelled\)\.$/,
        ),
      },
    });
  });
});
