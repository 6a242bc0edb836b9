import { describe, expect, it } from 'vitest';
import { expectedDomain } from '../../../src/teardown/guards/expected-domain.ts';
import type { Facts, Guard } from '../../../src/teardown/guards/guard.ts';
import { firstRejection } from '../../../src/teardown/guards/guards.ts';
import { idleLongEnough } from '../../../src/teardown/guards/idle-long-enough.ts';
import { isSandbox } from '../../../src/teardown/guards/is-sandbox.ts';
import { notProtected } from '../../../src/teardown/guards/not-protected.ts';
import { unchanged } from '../../../src/teardown/guards/unchanged.ts';
import type { Inventory } from '../../../src/teardown/inventory/inventory.ts';
import type { Check } from '../../../src/teardown/model/check.ts';
import { type Outcome, skipped } from '../../../src/teardown/model/outcome.ts';
import { planFingerprint, planItemsOf } from '../../../src/teardown/release/plan-items.ts';
import { aCheck, CUSTOMER_ID, customer, DAY_MS, inventory, NOW_MS, order } from '../builders.ts';

/** Facts under which every guard says yes; a test changes one. */
function facts(more: Partial<Facts> = {}): Facts {
  return {
    nowMs: NOW_MS,
    mode: 'enforce',
    protections: [],
    sandboxObjection: async () => undefined,
    customer: async () => customer,
    inventory: async () => inventory({ orders: [order()] }),
    ...more,
  };
}

const asking = (request: Partial<Check['request']>): Check =>
  aCheck({ request: { customerTenantId: CUSTOMER_ID, ...request } });

describe('the guards', () => {
  it('let a teardown pass that nothing objects to', async () => {
    expect(await firstRejection(aCheck(), facts())).toBeUndefined();
  });

  it('skip while teardown is switched off', async () => {
    expect(await firstRejection(aCheck(), facts({ mode: 'off' }))).toMatchObject({
      kind: 'skipped',
      reason: 'switched-off',
    });
  });

  it('park what is not proven to be the sandbox', async () => {
    const outcome = await firstRejection(
      aCheck(),
      facts({ sandboxObjection: async () => 'This is someone else.' }),
    );
    expect(outcome).toMatchObject({
      kind: 'parked',
      reason: 'not-a-sandbox',
      explanation: 'This is someone else.',
    });
  });

  it('skip a protected customer and say whose protection it is', async () => {
    const protections = [{ customer: CUSTOMER_ID, owner: 'Ada', why: 'a demo' }];
    expect(await firstRejection(aCheck(), facts({ protections }))).toMatchObject({
      kind: 'skipped',
      reason: 'protected',
      explanation: expect.stringMatching(/Ada.*a demo/),
    });
  });

  it('let a customer pass that no protection covers, or none any more', async () => {
    const protections = [
      { customer: '*.fabrikam.com', owner: 'Ada' },
      { customer: CUSTOMER_ID, owner: 'Ada', untilMs: NOW_MS },
    ];
    expect(await firstRejection(aCheck(), facts({ protections }))).toBeUndefined();
  });

  it('do not read the customer where no guard needs it', async () => {
    const unread = () => Promise.reject(new Error('must not be read'));
    expect(
      await firstRejection(aCheck(), facts({ customer: unread, inventory: unread })),
    ).toBeUndefined();
  });

  it('skip a customer with another domain than expected', async () => {
    const outcome = await firstRejection(asking({ expectedDomain: 'fabrikam.com' }), facts());
    expect(outcome).toMatchObject({ kind: 'skipped', reason: 'unexpected-domain' });
    const same = asking({ expectedDomain: 'contoso.onmicrosoft.com' });
    expect(await firstRejection(same, facts())).toBeUndefined();
  });

  it('skip where a domain is expected and none can be read', async () => {
    const nameless = facts({ customer: async () => ({ id: CUSTOMER_ID }) });
    const outcome = await firstRejection(asking({ expectedDomain: 'fabrikam.com' }), nameless);
    expect(outcome).toMatchObject({ reason: 'unexpected-domain' });
  });

  it('skip a customer with an order newer than minIdle', async () => {
    expect(await firstRejection(asking({ minIdle: 'P2D' }), facts())).toMatchObject({
      kind: 'skipped',
      reason: 'not-idle',
    });
    expect(await firstRejection(asking({ minIdle: 'PT23H' }), facts())).toBeUndefined();
    expect(await firstRejection(asking({ minIdle: 'P1D' }), facts())).toBeUndefined();
    expect(await firstRejection(asking({ minIdle: 'PT86400.001S' }), facts())).toMatchObject({
      reason: 'not-idle',
    });
  });

  it('treat an order without a date as new', async () => {
    const { createdMs: _gone, ...dateless } = order();
    const outcome = await firstRejection(
      asking({ minIdle: 'PT1H' }),
      facts({ inventory: async () => inventory({ orders: [dateless] }) }),
    );
    expect(outcome).toMatchObject({ reason: 'not-idle' });
  });

  it('skip a customer that changed since its plan was reviewed', async () => {
    const reviewed = planFingerprint(inventory({ orders: [order()] }));
    expect(await firstRejection(asking({ ifUnchanged: reviewed }), facts())).toBeUndefined();
    const bought = facts({
      inventory: async () => inventory({ orders: [order(), order({ id: 'order-2' })] }),
    });
    expect(await firstRejection(asking({ ifUnchanged: reviewed }), bought)).toMatchObject({
      kind: 'skipped',
      reason: 'changed',
    });
  });

  describe('of a reviewed plan, once its teardown has begun,', () => {
    const two = inventory({ orders: [order(), order({ id: 'order-2' })] });
    const plan = planItemsOf(two).map(({ digest }) => digest);
    const begun = (more: Partial<Check> = {}): Check => ({
      ...asking({ ifUnchanged: planFingerprint(two) }),
      begun: true,
      plan,
      ...more,
    });
    const holding = (orders: Inventory['orders']) =>
      facts({ inventory: async () => inventory({ orders }) });

    it('ignore what the teardown itself has ended', async () => {
      const ended = [order({ status: 'pending' }), order({ id: 'order-2', status: 'cancelled' })];
      expect(await firstRejection(begun(), holding(ended))).toBeUndefined();
      expect(await firstRejection(begun(), holding([]))).toBeUndefined();
    });

    it('skip a purchase that stands but is not on the list, and name it', async () => {
      const bought = [order(), order({ id: 'bought-since' })];
      expect(await firstRejection(begun(), holding(bought))).toMatchObject({
        reason: 'changed',
        explanation:
          'The reviewed plan does not contain one-time purchase: order bought-since (completed).',
      });
    });

    it('name up to five of many', async () => {
      const since = (count: number) =>
        holding(Array.from({ length: count }, (_, index) => order({ id: `new-${index}` })));
      const names = [0, 1, 2, 3, 4].map((n) => `one-time purchase: order new-${n} (completed)`);
      const named = `The reviewed plan does not contain ${names.join('; ')}`;
      expect(await firstRejection(begun(), since(5))).toMatchObject({ explanation: `${named}.` });
      expect(await firstRejection(begun(), since(7))).toMatchObject({
        explanation: `${named}, and 2 more.`,
      });
    });

    it('skip where the check carries no list, or another one', async () => {
      const { plan: _none, ...without } = begun();
      for (const forged of [
        without,
        begun({ plan: [...plan, 'f'.repeat(32)] }),
        begun({ plan: [] }),
      ]) {
        expect(await firstRejection(forged, holding([]))).toMatchObject({
          reason: 'changed',
          explanation: expect.stringContaining('does not carry the reviewed plan'),
        });
      }
    });

    it('skip where the check carries no list, though the reviewed plan was empty', async () => {
      const nothing = asking({ ifUnchanged: planFingerprint(inventory()) });
      const rejected = await firstRejection({ ...nothing, begun: true }, holding([]));
      expect(rejected).toMatchObject({ reason: 'changed' });
      const carried = { ...nothing, begun: true, plan: [] };
      expect(await firstRejection(carried, holding([]))).toBeUndefined();
    });
  });

  const objections: readonly (readonly [string, Partial<Facts>, Partial<Check['request']>])[] = [
    ['switched-off', { mode: 'off' }, {}],
    ['not-a-sandbox', { sandboxObjection: async () => 'no' }, {}],
    ['protected', { protections: [{ customer: CUSTOMER_ID, owner: 'Ada' }] }, {}],
    ['unexpected-domain', {}, { expectedDomain: 'fabrikam.com' }],
    ['not-idle', {}, { minIdle: 'P2D' }],
    ['changed', {}, { ifUnchanged: `v2:sha256:${'0'.repeat(64)}` }],
  ];

  it.each(objections.map(([reason], place) => [reason, place] as const))(
    'report %s before all that comes after it',
    async (reason, place) => {
      const those = objections.slice(place);
      const world = facts(Object.assign({}, ...those.map(([, fact]) => fact)));
      const request = asking(Object.assign({}, ...those.map(([, , asked]) => asked)));
      expect(await firstRejection(request, world)).toMatchObject({ reason });
    },
  );

  it('ask nothing more after the first rejection', async () => {
    const asked: string[] = [];
    const saying = (name: string, outcome?: Outcome) => async () => {
      asked.push(name);
      return outcome;
    };
    const no = skipped('protected', 'No.');
    const chain = [saying('first'), saying('second', no), saying('third')];
    expect(await firstRejection(aCheck(), facts(), chain)).toBe(no);
    expect(asked).toEqual(['first', 'second']);
  });

  // Each by itself, for what fails is read once in a check, and the next one to ask would fail too.
  const noAnswer = () => Promise.reject(new Error('no answer'));
  const unreadable: readonly (readonly [
    string,
    Guard,
    Partial<Facts>,
    Partial<Check['request']>,
  ])[] = [
    ['whether it is the sandbox', isSandbox, { sandboxObjection: noAnswer }, {}],
    [
      'whom a protection is about',
      notProtected,
      { customer: noAnswer, protections: [{ customer: '*.fabrikam.com', owner: 'Ada' }] },
      {},
    ],
    [
      'which domain it has',
      expectedDomain,
      { customer: noAnswer },
      { expectedDomain: 'contoso.onmicrosoft.com' },
    ],
    ['how new its orders are', idleLongEnough, { inventory: noAnswer }, { minIdle: 'PT1H' }],
    [
      'what it holds',
      unchanged,
      { inventory: noAnswer },
      { ifUnchanged: planFingerprint(inventory({ orders: [order()] })) },
    ],
  ];

  it.each(unreadable)(
    'throw where %s cannot be read, and nothing is written',
    async (_name, guard, unread, request) => {
      await expect(guard(asking(request), facts(unread))).rejects.toThrow('no answer');
      await expect(firstRejection(asking(request), facts(unread))).rejects.toThrow('no answer');
    },
  );

  it('treat an invalid minIdle as one that no order is old enough for', async () => {
    expect(await idleLongEnough(asking({ minIdle: 'soon' }), facts())).toMatchObject({
      reason: 'not-idle',
    });
  });
});

describe('a guard that rejects explains', () => {
  const held = inventory({ orders: [order()] });
  const untilMs = Date.UTC(2026, 11, 24);
  const { createdMs: _gone, ...dateless } = order();
  const changed = `v2:sha256:${'0'.repeat(64)}`;

  it.each<readonly [string, string, Partial<Check['request']>, Partial<Facts>]>([
    [
      'that it is switched off',
      'Teardown is switched off (TEARDOWN_MODE is "off").',
      {},
      { mode: 'off' },
    ],
    [
      'whose protection for good it is',
      'The customer is protected for good by Ada (rule "*.onmicrosoft.com").',
      {},
      { protections: [{ customer: '*.onmicrosoft.com', owner: 'Ada' }] },
    ],
    [
      'until when and why it is protected',
      `The customer is protected until 2026-12-24T00:00:00.000Z by Ada (rule "${CUSTOMER_ID}"): a demo.`,
      {},
      { protections: [{ customer: CUSTOMER_ID, owner: 'Ada', untilMs, why: 'a demo' }] },
    ],
    [
      'which domain was expected and which is there',
      'The request expects the domain fabrikam.com, but the customer has contoso.onmicrosoft.com.',
      { expectedDomain: 'fabrikam.com' },
      {},
    ],
    [
      'that no domain can be read',
      'The request expects the domain fabrikam.com, but the customer has none that can be read.',
      { expectedDomain: 'fabrikam.com' },
      { customer: async () => ({ id: CUSTOMER_ID }) },
    ],
    [
      'which order is too new',
      'Bought on 2026-11-21T02:00:00.000Z: one-time purchase: order order-1 (completed). The request asks for nothing bought within P2D.',
      { minIdle: 'P2D' },
      {},
    ],
    [
      'which order has no date',
      'Bought at an unknown time, so it counts as new: one-time purchase: order order-1 (completed). The request asks for nothing bought within P2D.',
      { minIdle: 'P2D' },
      { inventory: async () => inventory({ orders: [dateless] }) },
    ],
    [
      'which fingerprint was reviewed and which is there',
      `The customer has changed since the review: its fingerprint is ${planFingerprint(held)}, but the request allows ${changed}.`,
      { ifUnchanged: changed },
      {},
    ],
  ])('%s', async (_name, explanation, request, more) => {
    expect(await firstRejection(asking(request), facts(more))).toMatchObject({ explanation });
  });

  it('and what a person does next where it is not proven to be the sandbox', async () => {
    const elsewhere = facts({ sandboxObjection: async () => 'This is someone else.' });
    expect(await firstRejection(aCheck(), elsewhere)).toMatchObject({
      nextStep: expect.stringMatching(/^Check whose credentials these are: SANDBOX_TENANT_ID/),
    });
  });
});

describe('a fingerprint in a guard', () => {
  it('does not depend on the order in which the service lists things', () => {
    const [a, b] = [order(), order({ id: 'order-2', createdMs: NOW_MS - 2 * DAY_MS })];
    expect(planFingerprint(inventory({ orders: [a, b] }))).toBe(
      planFingerprint(inventory({ orders: [b, a] })),
    );
  });

  it.each([
    ['an order changes its status', { orders: [order({ status: 'cancelled' })] }],
    ['an order is bought', { orders: [order(), order({ id: 'other' })] }],
  ])('differs when %s', (_name, changed) => {
    expect(planFingerprint({ ...inventory(), ...changed })).not.toBe(
      planFingerprint(inventory({ orders: [order()] })),
    );
  });
});
