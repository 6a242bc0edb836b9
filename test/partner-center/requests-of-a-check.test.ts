import { describe, expect, it } from 'vitest';
import type { PurchaseSpec } from '../../local/partner-center/core/spec.ts';
import { play } from './play.ts';

const reads = (requests: readonly string[]): readonly string[] =>
  requests.filter((each) => each.startsWith('GET '));

const MINUTE_MS = 60_000;
const slowly = (kind: PurchaseSpec['kind']): PurchaseSpec => ({
  kind,
  cancelTakesMs: 5 * MINUTE_MS,
});

describe('a check after the first', () => {
  it.each<[string, PurchaseSpec[]]>([
    [
      'reservation, software and a subscription',
      [slowly('reservation'), slowly('perpetual-software'), slowly('new-commerce')],
    ],
    ['an Azure plan', [slowly('azure-plan')]],
    ['three Azure plans', [slowly('azure-plan'), slowly('azure-plan'), slowly('azure-plan')]],
    ['an Azure plan and a reservation', [slowly('azure-plan'), slowly('reservation')]],
  ])('makes three requests at most while it waits: %s', async (_name, purchases) => {
    const { words, checks } = await play({ customer: { purchases } });
    expect(words).toBe('deleted released');
    const later = checks.slice(1, -1);
    expect(later.length).toBeGreaterThan(3);
    // Before a plan is suspended its Azure subscriptions and the entitlements are read in one check.
    const before = later.filter(
      (requests) => !/azureEntitlements.*entitlements/s.test(requests.join()),
    );
    expect(before.length).toBeGreaterThan(3);
    expect(Math.max(...before.map((requests) => reads(requests).length))).toBe(3);
    expect(Math.max(...later.map((requests) => reads(requests).length))).toBeLessThanOrEqual(4);
    // The last one deletes besides.
    expect(checks.at(-1)).toHaveLength(4);
  });

  it('reads entitlements and Azure subscriptions in turns while there is an Azure plan', async () => {
    const { checks } = await play({
      customer: { purchases: [slowly('azure-plan'), slowly('reservation')] },
    });
    const kinds = checks.slice(1, 5).map((requests) => ({
      entitlements: requests.includes('GET entitlements'),
      azure: requests.includes('GET azureEntitlements'),
    }));
    expect(kinds).toEqual([
      { entitlements: false, azure: true },
      { entitlements: true, azure: false },
      { entitlements: false, azure: true },
      { entitlements: true, azure: false },
    ]);
  });

  it.each<[string, PurchaseSpec['kind'], readonly number[]]>([
    ['three purchases that end at once: 11', 'perpetual-software', [7, 4]],
    ['an Azure plan among them, which is suspended a check later: 17', 'azure-plan', [8, 5, 4]],
  ])('adds up, with %s', async (_name, kind, each) => {
    const kinds = ['reservation', 'new-commerce', kind] as const;
    const purchases = kinds.map((one) => ({ kind: one, cancelTakesMs: 0 }));
    const { words, checks } = await play({ customer: { purchases } });
    expect(words).toBe('deleted released');
    // An instance counts the customers once an hour: here, in its first check.
    const counted = 'GET customers?size=100';
    expect(checks.flat().filter((request) => request === counted)).toHaveLength(1);
    expect(checks.map((requests) => requests.filter((one) => one !== counted).length)).toEqual(
      each,
    );
  });

  it('reads entitlements after all where the Azure plan is suspended already', async () => {
    const { words, checks } = await play({
      customer: { purchases: [{ kind: 'azure-plan', status: 'suspended' }, slowly('reservation')] },
    });
    expect(words).toBe('deleted released');
    for (const requests of checks.slice(1)) expect(requests).toContain('GET entitlements');
  });
});

describe('while there is an Azure plan', () => {
  it('or several, all end, although the first cancellations of their Azure subscriptions were lost', async () => {
    const plan: PurchaseSpec = { kind: 'azure-plan', cancelTakesMs: 1_000 };
    const lost = { kind: 'status', status: 202, operation: 'cancel-azure-entitlement' } as const;
    const { words, checks } = await play({
      customer: { purchases: [plan, plan, plan] },
      faults: [{ ...lost, body: { status: 'active' }, times: 4 }],
    });
    expect(words).toBe('deleted released');
    // An instance counts the customers once an hour.
    const counted = 'GET customers?size=100';
    const each = checks.slice(1).map((requests) => requests.filter((one) => one !== counted));
    expect(Math.max(...each.map((requests) => reads(requests).length))).toBe(4);
    expect(checks.length).toBeLessThan(40);
  });

  it('what is bought once is not guessed at in a check that does not read entitlements', async () => {
    const unknown: PurchaseSpec = { kind: 'unknown' };
    const { words, checks } = await play({
      customer: { purchases: [slowly('azure-plan'), { ...unknown, visibleAfterMs: 10_000 }] },
    });
    expect(words).toBe('parked unknown-product');
    expect(checks.flat().filter((each) => each.startsWith('PATCH'))).toEqual([]);
  });

  it('the others are released in the meantime', async () => {
    const late: PurchaseSpec = {
      kind: 'perpetual-software',
      visibleAfterMs: 10_000,
      cancelTakesMs: 0,
    };
    const { checks } = await play({ customer: { purchases: [slowly('azure-plan'), late] } });
    const [first] = checks.flatMap((requests, check) =>
      requests.some((each) => each.startsWith('PATCH')) ? [check] : [],
    );
    expect(first).toBeLessThan(5);
  });
});
