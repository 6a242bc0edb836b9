import type { Fault, PurchaseSpec } from 'partner-center-sandbox/core';
import { describe, expect, it } from 'vitest';
import { play } from './play.ts';

const withSubscription = [
  'software-subscription',
  'new-commerce',
  'saas',
  'azure-plan',
  'licence',
] as const;
const states = [
  'active',
  'pending',
  'released',
  'suspended',
  'deleted',
  'expired',
  'disabled',
] as const;

const endOf = async (...purchases: PurchaseSpec[]): Promise<string> =>
  (
    await play({
      customer: { purchases: purchases.map((each) => ({ cancelTakesMs: 0, ...each })) },
    })
  ).words;

describe.each([...withSubscription, 'legacy-azure'] as const)('a %s', (kind) => {
  it.each(states)('that reads %s is torn down', async (status) => {
    expect(await endOf({ kind, status })).toBe('deleted released');
  });

  it('that takes its time or is listed late is released', async () => {
    expect(await endOf({ kind, cancelTakesMs: 90_000 })).toBe('deleted released');
    expect(await endOf({ kind, visibleAfterMs: 300_000 })).toBe('deleted released');
    expect(await endOf({ kind, subscriptionVisibleAfterMs: 300_000 })).toBe('deleted released');
  });

  it('older than 60 days is released: that limit is only for orders', async () => {
    expect(await endOf({ kind, ageDays: 75 })).toBe('deleted released');
    expect(await endOf({ kind, ageDays: 75, status: 'deleted' })).toBe('deleted released');
  });
});

describe.each(['reservation', 'perpetual-software'] as const)('a %s', (kind) => {
  it.each(['active', 'pending', 'released'] as const)('that is %s is torn down', async (status) => {
    expect(await endOf({ kind, status })).toBe('deleted released');
  });

  it('older than 60 days is parked', async () => {
    expect(await endOf({ kind, ageDays: 75 })).toBe('parked cannot-cancel');
  });
});

describe('an unknown product', () => {
  it.each(['active', 'pending', 'suspended'] as const)(
    'that reads %s is parked',
    async (status) => {
      expect(await endOf({ kind: 'unknown', status })).toBe('parked unknown-product');
    },
  );
});

it('an add-on under a parent subscription is torn down with it', async () => {
  const addOn = { kind: 'new-commerce', addOn: true } as const;
  expect(await endOf({ kind: 'new-commerce' }, addOn)).toBe('deleted released');
});

it('an order without lines is torn down by the order', async () => {
  expect(await endOf({ kind: 'reservation', lines: 0 })).toBe('deleted released');
});

it.each(['reservation', 'new-commerce', 'licence'] as const)(
  'a %s with quantity 0 is torn down',
  async (kind) => {
    expect(await endOf({ kind, quantity: 0 })).toBe('deleted released');
  },
);

it('add-ons of add-ons are torn down, the deepest first', async () => {
  const addOn = { kind: 'new-commerce', addOn: true } as const;
  expect(await endOf({ kind: 'new-commerce' }, addOn, addOn)).toBe('deleted released');
});

describe.each(['as-in-articles', 'leaves-add-ons', 'ends-add-ons', 'refused'] as const)(
  'where ending a parent %s',
  (endingParent) => {
    it.each(['new-commerce', 'licence'] as const)(
      'a %s is torn down with its add-ons',
      async (kind) => {
        const addOn = { kind, cancelTakesMs: 90_000, addOn: true } as const;
        const { sandbox, words } = await play({
          customer: { purchases: [{ kind, cancelTakesMs: 0 }, addOn, addOn] },
          settings: { endingParent },
        });
        expect(words).toBe('deleted released');
        expect(sandbox.state().writeCounts['patch-subscription']).toBe(3);
      },
    );
  },
);

describe('a parent that cannot end before its add-ons is released with them', () => {
  const settings = { endingParent: 'refused' } as const;

  it.each([
    ['that is still pending', { status: 'pending', pendingForMs: 60_000 }],
    ['that is listed late', { visibleAfterMs: 600_000 }],
  ] as const)('%s', async (_name, more) => {
    const purchases: PurchaseSpec[] = [
      { kind: 'new-commerce', cancelTakesMs: 0 },
      { kind: 'new-commerce', addOn: true, cancelTakesMs: 0, ...more },
    ];
    expect((await play({ customer: { purchases }, settings })).words).toBe('deleted released');
  });

  it.each(['new-commerce', 'licence'] as const)('that is busy at first: %s', async (kind) => {
    const purchases: PurchaseSpec[] = [{ kind }, { kind, addOn: true }];
    const busy: Fault = {
      kind: 'status',
      operation: 'patch-subscription',
      status: 409,
      code: '800060',
    };
    const played = await play({ customer: { purchases }, settings, faults: [busy] });
    expect(played.words).toBe('deleted released');
  });
});

describe('whatever the service does where no source tells', () => {
  const customer = {
    purchases: [
      { kind: 'perpetual-software', lines: 2, entitlements: 3, cancelTakesMs: 90_000 },
      { kind: 'new-commerce', ageDays: 6, visibleAfterMs: 600_000 },
    ],
  } as const satisfies { purchases: PurchaseSpec[] };

  it.each([
    ['a second cancel is refused', { repeatedCancel: 'in-progress' }],
    ['a cancelled order has no entitlement any more', { cancelledEntitlements: 'vanish' }],
    ['new commerce can be cancelled for a week', { newCommerceWindowMs: 7 * 86_400_000 }],
    ['a blocked DELETE is a conflict', { deleteRefusal: { status: 409, code: '2000' } }],
    ['a blocked DELETE is forbidden', { deleteRefusal: { status: 403, code: '900115' } }],
  ] as const)('%s: the customer is torn down', async (_what, settings) => {
    expect((await play({ customer, settings })).words).toBe('deleted released');
  });
});

it('error codes that come as numbers are recognised', async () => {
  const { words } = await play({
    customer: {
      purchases: [{ kind: 'reservation', cancelTakesMs: 90_000 }, { kind: 'azure-plan' }],
    },
    settings: { codesAre: 'number', refuseEntitlementsToAppOnly: true },
    faults: [{ kind: 'status', operation: 'patch-order', status: 409, code: '800060' }],
  });
  expect(words).toBe('deleted released');
});

it('one busy order stops no other purchase from being released', async () => {
  const { sandbox, words } = await play({
    customer: {
      purchases: [
        { kind: 'reservation', status: 'pending', pendingForMs: 3_600_000 },
        { kind: 'perpetual-software', cancelTakesMs: 0 },
      ],
    },
    faults: [{ kind: 'status', operation: 'patch-order', status: 409, code: '800060' }],
  });
  expect(words).toBe('deleted released');
  expect(sandbox.state().writeCounts['cancel-order']).toBe(2);
});

describe('one order with lines of different kinds', () => {
  it.each([
    ['reservation', ['new-commerce', 'saas', 'software-subscription']],
    ['new-commerce', ['perpetual-software', 'azure-plan']],
    ['azure-plan', ['licence', 'reservation']],
    ['licence', ['software-subscription', 'saas']],
  ] as const)('%s with %j is torn down', async (kind, together) => {
    expect(await endOf({ kind, together: [...together], cancelTakesMs: 90_000 })).toBe(
      'deleted released',
    );
  });

  it('is parked as a whole if one of them cannot be released', async () => {
    const { words, sandbox } = await play({
      customer: { purchases: [{ kind: 'reservation', together: ['unknown'] }] },
    });
    expect(words).toBe('parked unknown-product');
    expect(sandbox.state().writes).toEqual([]);
  });
});

it('a customer with one of everything is torn down', async () => {
  const one = (kind: PurchaseSpec['kind']): PurchaseSpec => ({ kind });
  expect(
    await endOf(one('reservation'), one('perpetual-software'), ...withSubscription.map(one)),
  ).toBe('deleted released');
});
