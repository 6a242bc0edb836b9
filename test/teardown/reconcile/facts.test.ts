import { describe, expect, it } from 'vitest';
import type { Check } from '../../../src/teardown/model/check.ts';
import type { TeardownMode } from '../../../src/teardown/model/mode.ts';
import type { PartnerCenterReader } from '../../../src/teardown/model/partner-center.ts';
import { PartnerCenterError } from '../../../src/teardown/model/partner-center-error.ts';
import type { Subscription } from '../../../src/teardown/model/purchases.ts';
import { factsAbout } from '../../../src/teardown/reconcile/facts.ts';
import { aCheck, CUSTOMER_ID, customer, entitlement, NOW_MS, subscription } from '../builders.ts';

/** What is known of a check, and every list that was read for it. */
function known(
  at: Check,
  subscriptions: readonly Subscription[] = [],
  mode: TeardownMode = 'enforce',
  entitlements = async () => [entitlement()],
  azureStatuses: readonly string[] = ['active'],
) {
  const reads: string[] = [];
  const reader: PartnerCenterReader = {
    signedInTenant: async () => 'tenant',
    organizationDomain: async () => undefined,
    listCustomers: async () => [customer],
    getCustomer: async () => {
      reads.push('customer');
      return customer;
    },
    listEntitlements: async () => {
      reads.push('entitlements');
      return entitlements();
    },
    listOrders: async () => {
      reads.push('orders');
      return [];
    },
    listSubscriptions: async () => {
      reads.push('subscriptions');
      return subscriptions;
    },
    listAzureEntitlements: async (_customer, planId) => {
      reads.push(`Azure subscriptions of ${planId}`);
      return azureStatuses.map((status) => ({ id: `of ${planId}`, planId, status }));
    },
  };
  const facts = factsAbout(at, {
    reader,
    proveSandbox: async (asked) => (asked === reader ? 'No sandbox.' : undefined),
    protections: [],
    mode,
    nowMs: NOW_MS,
  });
  return { facts, reads };
}

const plan = (more: Partial<Subscription> = {}) =>
  subscription({ id: 'plan', productType: 'azure', ...more });

describe('the customer', () => {
  it('is read, once, in a first check', async () => {
    const { facts, reads } = known(aCheck());
    expect(await facts.customer()).toBe(customer);
    await facts.customer();
    expect(reads).toEqual(['customer']);
  });

  it('is read afresh in a later check, whatever the check carries', async () => {
    const { facts, reads } = known(aCheck({ begun: true, domain: 'forged.example' }));
    expect(await facts.customer()).toStrictEqual(customer);
    expect(reads).toEqual(['customer']);
  });

  it('is known by its names where a later check only reads the lists', async () => {
    const { facts, reads } = known(aCheck({ begun: true, domain: 'contoso.com' }));
    expect((await facts.inventory()).customer).toEqual({ id: CUSTOMER_ID, domain: 'contoso.com' });
    expect(reads).not.toContain('customer');
  });
});

it('a fact that could not be read is not read again, and the next guard gets the same error', async () => {
  const { facts, reads } = known(aCheck(), [], 'enforce', () => Promise.reject(new Error('lost')));
  await expect(facts.inventory()).rejects.toThrow('lost');
  await expect(facts.inventory()).rejects.toThrow('lost');
  expect(reads.filter((read) => read === 'entitlements')).toHaveLength(1);
});

it('the proof of the sandbox uses the reader of the check', async () => {
  expect(await known(aCheck()).facts.sandboxObjection()).toBe('No sandbox.');
});

describe('the inventory', () => {
  it('is read once, with the Azure subscriptions of each plan that still is active', async () => {
    const plans = [plan(), plan({ id: 'second' }), plan({ id: 'ended', status: 'suspended' })];
    const { facts, reads } = known(aCheck(), [...plans, subscription()]);
    expect(await facts.inventory()).toStrictEqual({
      customer,
      orders: [],
      subscriptions: [...plans, subscription()],
      entitlements: [entitlement()],
      azureEntitlements: [
        { id: 'of plan', planId: 'plan', status: 'active' },
        { id: 'of second', planId: 'second', status: 'active' },
      ],
    });
    await facts.inventory();
    expect(reads).toEqual([
      'customer',
      'entitlements',
      'orders',
      'subscriptions',
      'Azure subscriptions of plan',
      'Azure subscriptions of second',
    ]);
  });

  it('goes on without entitlements that may not be read, and no further otherwise', async () => {
    const refusing = (status: number, code: string) =>
      known(aCheck(), [], 'enforce', () =>
        Promise.reject(
          new PartnerCenterError({
            operation: 'list-entitlements',
            status,
            code,
            description: 'No.',
            body: '',
          }),
        ),
      ).facts.inventory();
    expect(await refusing(403, '900329')).toMatchObject({ entitlements: undefined });
    await expect(refusing(500, '1')).rejects.toThrow('500/1');
    const bug = () => Promise.reject(new TypeError('a bug'));
    await expect(known(aCheck(), [], 'enforce', bug).facts.inventory()).rejects.toThrow('a bug');
  });
});
