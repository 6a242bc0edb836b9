import type { PurchaseSpec } from 'partner-center-sandbox/core';
import { describe, expect, it } from 'vitest';
import { play } from './play.ts';

const reads = (requests: readonly string[]): readonly string[] =>
  requests.filter((each) => each.startsWith('GET '));

const MINUTE_MS = 60_000;
const slowly = (kind: PurchaseSpec['kind']): PurchaseSpec => ({
  kind,
  cancelTakesMs: 5 * MINUTE_MS,
});

/** Without the proof of the sandbox, which an instance makes once an hour. */
const requestsOf = (checks: readonly (readonly string[])[]) =>
  checks.map((requests) => requests.filter((each) => each !== 'GET customers?size=100'));

describe('a check after the first', () => {
  it.each<[string, PurchaseSpec[], number]>([
    [
      'reservation, software and a subscription',
      [slowly('reservation'), slowly('perpetual-software'), slowly('new-commerce')],
      2,
    ],
    ['an Azure plan', [slowly('azure-plan')], 2],
    ['three Azure plans', [slowly('azure-plan'), slowly('azure-plan'), slowly('azure-plan')], 2],
    ['an Azure plan and a reservation', [slowly('azure-plan'), slowly('reservation')], 2],
  ])(
    'reads one resource while it waits, and everything when that has changed: %s',
    async (_name, purchases, readings) => {
      const { words, checks } = await play({ customer: { purchases } });
      expect(words).toBe('deleted released');
      const later = requestsOf(checks).slice(1);
      const full = later.filter((requests) => requests.includes('GET entitlements'));
      expect(full.length).toBeLessThanOrEqual(readings);
      const others = later.filter((requests) => !full.includes(requests));
      expect(others.length).toBeGreaterThan(3);
      for (const requests of others) expect(requests.length).toBeLessThanOrEqual(2);
      expect(others.filter(({ length }) => length > 1).length).toBeLessThanOrEqual(1);
      // The last one deletes besides.
      expect(full.at(-1)).toHaveLength(4);
    },
  );

  it('needs at most 35 requests for three orders that take an hour', async () => {
    const kinds = ['reservation', 'perpetual-software', 'reservation'] as const;
    const purchases = kinds.map((kind) => ({ kind, cancelTakesMs: 60 * MINUTE_MS }));
    const { words, checks } = await play({ customer: { purchases } });
    expect(words).toBe('deleted released');
    expect(requestsOf(checks).flat().length).toBeLessThanOrEqual(35);
  });

  it('reads an hour-long order no earlier than the plan that it could suspend', async () => {
    const hour = { ...slowly('perpetual-software'), cancelTakesMs: 60 * MINUTE_MS };
    const { words, checks } = await play({
      customer: { purchases: [slowly('azure-plan'), hour] },
    });
    expect(words).toBe('deleted released');
    const asked = requestsOf(checks)
      .slice(1)
      .map(([first]) => first);
    const lastOfPlan = asked.lastIndexOf('GET azureEntitlements');
    expect(asked.slice(0, lastOfPlan)).not.toContain('GET orders');
    expect(asked.slice(lastOfPlan + 2)).toContain('GET orders');
  });

  it.each<[string, PurchaseSpec['kind'], readonly number[]]>([
    ['three purchases that end at once: 11', 'perpetual-software', [6, 4]],
    ['an Azure plan among them, which is suspended a check later: 17', 'azure-plan', [7, 5, 4]],
  ])('adds up, with %s', async (_name, kind, each) => {
    const kinds = ['reservation', 'new-commerce', kind] as const;
    const purchases = kinds.map((one) => ({ kind: one, cancelTakesMs: 0 }));
    const { words, checks } = await play({ customer: { purchases } });
    expect(words).toBe('deleted released');
    // The list that proves the sandbox shows the customer, too.
    expect(requestsOf(checks).flat().length).toBe(checks.flat().length - 1);
    expect(requestsOf(checks).map(({ length }) => length)).toEqual(each);
  });
});

describe('while there is an Azure plan', () => {
  it('several plans all end, although the first cancellations of their Azure subscriptions were lost', async () => {
    const plan: PurchaseSpec = { kind: 'azure-plan', cancelTakesMs: 1_000 };
    const lost = { kind: 'status', status: 202, operation: 'cancel-azure-entitlement' } as const;
    const { words, checks } = await play({
      customer: { purchases: [plan, plan, plan] },
      faults: [{ ...lost, body: { status: 'active' }, times: 4 }],
    });
    expect(words).toBe('deleted released');
    // The lists, and one more for each plan.
    expect(
      Math.max(
        ...requestsOf(checks)
          .slice(1)
          .map((each) => reads(each).length),
      ),
    ).toBe(6);
    expect(checks.length).toBeLessThan(40);
  });

  it('a one-time purchase is not guessed in a check that does not read entitlements', async () => {
    const unknown: PurchaseSpec = { kind: 'unknown' };
    const { words, checks } = await play({
      customer: { purchases: [slowly('azure-plan'), { ...unknown, visibleAfterMs: 10_000 }] },
    });
    expect(words).toBe('parked unknown-product');
    expect(checks.flat().filter((each) => each.startsWith('PATCH'))).toEqual([]);
  });

  it('a purchase that is listed late is released when the lists agree', async () => {
    const hour = { ...slowly('azure-plan'), cancelTakesMs: 60 * MINUTE_MS };
    const late: PurchaseSpec = {
      kind: 'perpetual-software',
      visibleAfterMs: 10_000,
      cancelTakesMs: 0,
    };
    const { words, times } = await play({ customer: { purchases: [hour, late] } });
    expect(words).toBe('deleted released');
    const [cancelled] = times.filter(({ request }) => request.startsWith('PATCH'));
    expect(cancelled?.afterMs).toBeGreaterThanOrEqual(15 * MINUTE_MS);
    expect(cancelled?.afterMs).toBeLessThan(25 * MINUTE_MS);
  });
});
