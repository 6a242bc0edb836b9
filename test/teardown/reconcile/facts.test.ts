import { describe, expect, it } from 'vitest';
import type { Check } from '../../../src/teardown/model/check.ts';
import type { TeardownMode } from '../../../src/teardown/model/mode.ts';
import type { PartnerCenterReader } from '../../../src/teardown/model/partner-center.ts';
import { PartnerCenterError } from '../../../src/teardown/model/partner-center-error.ts';
import type { Subscription } from '../../../src/teardown/model/purchases.ts';
import { factsAbout } from '../../../src/teardown/reconcile/facts.ts';
import type { Backoff } from '../../../src/teardown/reconcile/retry-policy.ts';
import { aCheck, CUSTOMER_ID, customer, entitlement, NOW_MS, subscription } from '../builders.ts';

const BACKOFF: Backoff = {
  firstDelayMs: 1,
  multiplier: 1,
  maxDelayMs: 1,
  jitter: 0,
  maxChecks: 100,
  deadlineMs: 60_000,
};

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
    backoff: BACKOFF,
    nowMs: NOW_MS,
  });
  return { facts, reads };
}

const plan = (more: Partial<Subscription> = {}) =>
  subscription({ id: 'plan', productType: 'azure', ...more });
const later = (attempt: number) => aCheck({ attempt, begun: true });

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

  it('leaves entitlements out in odd checks while a plan is active, and Azure subscriptions in even ones', async () => {
    const odd = known(later(1), [plan()]);
    expect(await odd.facts.inventory()).toMatchObject({
      unread: { entitlements: true, planIds: [] },
      entitlements: undefined,
      azureEntitlements: [{ id: 'of plan' }],
    });
    expect(odd.reads).toEqual(['orders', 'subscriptions', 'Azure subscriptions of plan']);
    const even = known(later(2), [plan()]);
    expect(await even.facts.inventory()).toMatchObject({
      unread: { entitlements: false, planIds: ['plan'] },
      entitlements: [entitlement()],
      azureEntitlements: [],
    });
    expect(even.reads).toEqual(['entitlements', 'orders', 'subscriptions']);
  });

  it.each<readonly [string, readonly string[], boolean]>([
    [
      'leaves them out while one of several Azure subscriptions lives',
      ['inactive', 'active'],
      true,
    ],
    ['reads them beside a plan whose Azure subscriptions have all ended', ['inactive'], false],
    ['reads them beside a plan without any', [], false],
  ])('%s', async (_what, statuses, isLeftOut) => {
    const { facts, reads } = known(later(1), [plan()], 'enforce', undefined, statuses);
    const { unread, entitlements } = await facts.inventory();
    expect(unread).toEqual({ entitlements: isLeftOut, planIds: [] });
    expect(entitlements).toEqual(isLeftOut ? undefined : [entitlement()]);
    expect(reads.includes('entitlements')).toBe(!isLeftOut);
  });

  it('takes turns by the checks that were not rate limited', async () => {
    const { facts, reads } = known({ ...later(4), rateLimited: 3 }, [plan()]);
    await facts.inventory();
    expect(reads).toEqual(['orders', 'subscriptions', 'Azure subscriptions of plan']);
  });

  it('reads one plan in its turn where several are active, two checks for each, over and over', async () => {
    const plans = ['a', 'b'].map((id) => subscription({ id, productType: 'azure' }));
    const read = async (attempt: number) => {
      const { facts } = known(later(attempt), plans);
      const { unread, azureEntitlements } = await facts.inventory();
      return `${azureEntitlements.map(({ id }) => id).join()}, not ${unread?.planIds.join()}`;
    };
    expect(await Promise.all([1, 3, 5, 7, 9].map(read))).toEqual([
      'of a, not b',
      'of a, not b',
      'of b, not a',
      'of b, not a',
      'of a, not b',
    ]);
    expect(await read(2)).toBe(', not a,b');
  });

  it.each([1, 2])('leaves nothing out in check %i where no plan is active', async (attempt) => {
    const { facts, reads } = known(later(attempt), [subscription()]);
    expect(await facts.inventory()).toStrictEqual({
      customer: { id: CUSTOMER_ID },
      orders: [],
      subscriptions: [subscription()],
      entitlements: [entitlement()],
      azureEntitlements: [],
    });
    expect(reads.toSorted()).toEqual(['entitlements', 'orders', 'subscriptions']);
  });

  it.each<readonly [string, Partial<Check>]>([
    ['by its time', { startedMs: NOW_MS - BACKOFF.deadlineMs }],
    ['by its number', { attempt: BACKOFF.maxChecks - 1 }],
  ])('leaves nothing out in the check that is the last %s', async (_name, more) => {
    const last = { ...later(2), ...more };
    expect((await known(last, [plan()]).facts.inventory()).unread).toBeUndefined();
    const { startedMs, attempt } = last;
    const before = { ...last, startedMs: startedMs + 1, attempt: Math.max(attempt - 1, 2) };
    expect((await known(before, [plan()]).facts.inventory()).unread).toBeDefined();
  });

  it('leaves nothing out in a dry run', async () => {
    for (const attempt of [1, 2]) {
      const { facts } = known(later(attempt), [plan()], 'dry-run');
      expect(await facts.inventory()).toMatchObject({
        entitlements: [entitlement()],
        azureEntitlements: [{ id: 'of plan' }],
      });
    }
  });

  it('goes on without entitlements only where they may not be read', async () => {
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
