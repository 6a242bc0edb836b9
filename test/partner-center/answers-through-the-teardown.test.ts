import type { CustomerSpec, Fault } from 'partner-center-sandbox/core';
import { describe, expect, it } from 'vitest';
import { play } from './play.ts';

const answers = (
  operation: NonNullable<Fault['operation']>,
  status: number,
  code?: string,
  times = 1,
): Fault => ({ kind: 'status', operation, status, times, ...(code !== undefined && { code }) });

describe('a transient error', () => {
  it.each<[string, Fault]>([
    ['429', answers('list-orders', 429)],
    ['408', answers('patch-order', 408)],
    ['500 with a code', answers('patch-order', 500, '800003')],
    ['503 at the deletion', answers('delete-customer', 503)],
    ['409/800060', answers('patch-order', 409, '800060')],
    ['409/800014', answers('patch-order', 409, '800014')],
    ['a page of HTML from a gateway', { kind: 'html', operation: 'list-subscriptions' }],
    ['JSON that says it is plain text', { kind: 'wrong-content-type', operation: 'list-orders' }],
    ['a connection that closes', { kind: 'drop', operation: 'list-orders', times: 2 }],
    ['a deletion whose answer is empty', { kind: 'empty', operation: 'delete-customer' }],
    ['401 once', answers('list-orders', 401)],
    ['409/900278', answers('patch-order', 409, '900278', 3)],
    ['409 at a renewal', answers('patch-order', 409, undefined, 3)],
    ['409/800082', answers('patch-order', 409, '800082')],
    ['400/900280', answers('patch-order', 400, '900280')],
    ['403/800073, a review that ends', answers('patch-order', 403, '800073', 5)],
    ['404 for an order not listed yet', answers('patch-order', 404, '20000')],
    ['a 404 for a list although the customer is there', answers('list-orders', 404, '1000')],
    [
      'a 404 at the deletion although the customer is there',
      answers('delete-customer', 404, '1000'),
    ],
  ])('%s ends in a deletion', async (_name, fault) => {
    const { words, sandbox } = await play({ faults: [fault] });
    expect(words).toBe('deleted released');
    expect(sandbox.state().customers).toEqual([]);
  });

  it('a changed etag ends in a deletion', async () => {
    const customer: CustomerSpec = { purchases: [{ kind: 'new-commerce', cancelTakesMs: 0 }] };
    const { words } = await play({
      customer,
      faults: [answers('patch-subscription', 400, '2055')],
    });
    expect(words).toBe('deleted released');
  });

  it.each(['900278', '800040', '2011'])(
    'Azure subscriptions that refuse a second cancellation (%s) end all the same',
    async (code) => {
      const customer: CustomerSpec = {
        purchases: [{ kind: 'azure-plan', azureSubscriptions: 2, cancelTakesMs: 60_000 }],
      };
      const status = code === '900278' ? 409 : 400;
      const again: Fault = { ...answers('cancel-azure-entitlement', status, code, 9), after: 2 };
      expect((await play({ customer, faults: [again] })).words).toBe('deleted released');
    },
  );

  it('Azure subscriptions that are still active are cancelled first', async () => {
    const customer: CustomerSpec = {
      purchases: [{ kind: 'azure-plan', azureSubscriptions: 2, cancelTakesMs: 60_000 }],
    };
    expect((await play({ customer })).words).toBe('deleted released');
  });
});

describe('an answer with a good status that cannot be read', () => {
  const list = { operation: 'list-orders' } as const;
  const customer = { operation: 'get-customer' } as const;
  const order = { id: 'o', status: 'completed' };
  const oddLists: [string, Fault][] = [
    ['a list that ends half-way', { kind: 'truncated', ...list }],
    ['a list without a body', { kind: 'empty', ...list }],
    ['a page of HTML for a list', { kind: 'html', status: 200, ...list }],
    ['204 for a list', { kind: 'status', status: 204, body: '', ...list }],
    ['JSON that is no list', { kind: 'status', status: 200, body: {}, ...list }],
    [
      'a list that counts more than it has',
      { kind: 'status', status: 200, body: { totalCount: 2, items: [order] }, ...list },
    ],
    [
      'a list that counts more than nothing',
      { kind: 'status', status: 200, body: { totalCount: 1, items: [] }, ...list },
    ],
    [
      'a list that counts less than it has',
      { kind: 'status', status: 200, body: { totalCount: 0, items: [order] }, ...list },
    ],
  ];
  const oddCustomers: [string, Fault][] = [
    ['a customer that ends half-way', { kind: 'truncated', ...customer }],
    ['a customer without a body', { kind: 'empty', ...customer }],
    ['a page of HTML for a customer', { kind: 'html', status: 200, ...customer }],
  ];

  it.each([...oddLists, ...oddCustomers])(
    '%s, is asked for again, and ends in a deletion',
    async (_name, fault) => {
      const { words, sandbox } = await play({ isProven: true, faults: [{ ...fault, times: 3 }] });
      expect(words).toBe('deleted released');
      expect(sandbox.state().customers).toEqual([]);
    },
  );

  it.each(oddLists)('%s, parks where it stays so, and nothing is written', async (_name, fault) => {
    const faults = [{ ...fault, times: 1_000 }];
    const { words, outcome, sandbox } = await play({ isProven: true, faults });
    expect(words).toBe('parked deadline');
    const status = fault.kind === 'status' ? fault.status : 200;
    expect(outcome).toMatchObject({ answer: { operation: fault.operation, status } });
    expect(sandbox.state().writes).toEqual([]);
  });

  it.each(oddCustomers)(
    '%s, is replaced by the list of customers when that proves the sandbox again, and nothing is written before',
    async (_name, fault) => {
      const faults = [{ ...fault, times: 1_000 }];
      const { words, times } = await play({ isProven: true, faults });
      expect(words).toBe('deleted released');
      const firstWrite = times.find(({ request }) => /^(PATCH|POST|DELETE)/.test(request));
      expect(firstWrite?.afterMs).toBeGreaterThan(60 * 60_000);
    },
  );

  it('is a valid answer if it is an empty list with the count 0', async () => {
    const nothing: Fault = { kind: 'status', status: 200, body: { totalCount: 0, items: [] } };
    const lists = ['list-orders', 'list-subscriptions', 'list-entitlements'] as const;
    const { words, checks } = await play({
      customer: { purchases: [] },
      faults: lists.map((operation) => ({ ...nothing, operation, times: 100 })),
    });
    expect(words).toBe('deleted released');
    expect(checks.length).toBeLessThan(5);
  });
});

describe('a final error', () => {
  it.each<[string, Fault, string]>([
    ['401 again and again', answers('list-orders', 401, undefined, 9), 'parked unauthorized'],
    ['403/800019', answers('patch-order', 403, '800019'), 'parked not-a-sandbox'],
    ['400/800061', answers('patch-order', 400, '800061'), 'parked cannot-cancel'],
    ['400/900117', answers('patch-order', 400, '900117'), 'parked cannot-cancel'],
    ['400/900213', answers('patch-order', 400, '900213'), 'parked cannot-cancel'],
    ['403/800074', answers('patch-order', 403, '800074', 99), 'parked customer-under-review'],
    ['403/800075', answers('patch-order', 403, '800075'), 'parked customer-not-approved'],
    ['403/900416', answers('patch-order', 403, '900416'), 'parked customer-locked'],
    ['403/900124', answers('patch-order', 403, '900124'), 'parked agreement-missing'],
    ['409/900278 all day', answers('patch-order', 409, '900278', 99), 'parked pending-operation'],
    ['400/900252', answers('patch-order', 400, '900252'), 'parked purchase-order-missing'],
    ['anything else', answers('patch-order', 400, '424242'), 'parked unexpected'],
  ])('%s ends in its outcome', async (_name, fault, words) => {
    expect((await play({ faults: [fault] })).words).toBe(words);
  });

  it.each([
    { status: 404, code: '1000' },
    { status: 404, code: '60003' },
    { status: 403, code: '20002' },
    { status: 400, code: '900118' },
    { status: 400, code: '3000' },
  ])(
    'that says by $status/$code that the customer is unknown ends as rejected',
    async (unknownCustomer) => {
      const { words } = await play({ unknownCustomer: true, settings: { unknownCustomer } });
      expect(words).toBe('rejected unknown-customer');
    },
  );

  it('of a production account parks at the first reservation', async () => {
    const { words, sandbox } = await play({ settings: { production: true } });
    expect(words).toBe('parked not-a-sandbox');
    expect(sandbox.state().writes).toEqual([]);
  });
});

describe('a long wait', () => {
  it('asks no more than once an hour while the customer is under review', async () => {
    const fault = answers('patch-order', 403, '800073', 99);
    const { checks, sandbox } = await play({ faults: [fault] });
    expect(checks.length).toBe(25);
    expect(sandbox.state().writes).toEqual([]);
  });
});

describe('a cancelled Azure subscription', () => {
  const customer: CustomerSpec = { purchases: [{ kind: 'azure-plan', cancelTakesMs: 60_000 }] };

  it.each(['800012', '800011', '800021', '800030'])(
    'that is not active any more when it is cancelled again is released: %s',
    async (code) => {
      const again = { ...answers('cancel-azure-entitlement', 400, code, 9), after: 1 };
      expect((await play({ customer, faults: [again] })).words).toBe('deleted released');
    },
  );

  it.each([
    [400, '900307', 'parked invalid-request', /bug of this app/],
    [403, undefined, 'parked unauthorized', /Global administrator and Admin agent .*app-only/],
    [404, '800111', 'deleted released', undefined],
    [403, '900159', 'deleted released', undefined],
  ])('that is refused with %s/%s ends in its outcome', async (status, code, words, nextStep) => {
    const played = await play({
      customer,
      faults: [answers('cancel-azure-entitlement', status, code)],
    });
    expect(played.words).toBe(words);
    if (nextStep) {
      expect(played.outcome).toMatchObject({ nextStep: expect.stringMatching(nextStep) });
    }
  });
});

describe('a refused deletion', () => {
  it('caused by an order that was not listed yet leads to its release', async () => {
    const customer: CustomerSpec = {
      purchases: [
        { kind: 'reservation', cancelTakesMs: 0 },
        { kind: 'perpetual-software', cancelTakesMs: 0, entitlements: 0, visibleAfterMs: 600_000 },
      ],
    };
    const { words, sandbox } = await play({ customer });
    expect(words).toBe('deleted released');
    const refused = sandbox
      .requests()
      .requests.filter(
        ({ operation, status }) => operation === 'delete-customer' && status === 400,
      );
    expect(refused.length).toBeGreaterThan(0);
  });

  it.each(['3000', '900118'])(
    'with a code that also means "gone" is no deletion while the customer is there: %s',
    async (code) => {
      const { words, sandbox } = await play({
        customer: { invalidAddress: true, purchases: [] },
        settings: { deleteRefusal: { status: 400, code } },
      });
      expect(words).toBe('parked deadline');
      expect(sandbox.state().customers).toHaveLength(1);
    },
  );

  it.each([
    [403, '800019', 'parked not-a-sandbox'],
    [400, '900127', 'parked not-a-sandbox'],
    [403, '900150', 'parked unauthorized'],
    [400, '800061', 'parked cannot-cancel'],
  ])('ends by its code, whatever order its words name: %i/%s', async (status, code, words) => {
    const customer: CustomerSpec = {
      purchases: [
        { kind: 'reservation', cancelTakesMs: 0 },
        { kind: 'perpetual-software', cancelTakesMs: 0, entitlements: 0, visibleAfterMs: 600_000 },
      ],
    };
    const played = await play({ customer, settings: { deleteRefusal: { status, code } } });
    expect(played.words).toBe(words);
    expect(played.sandbox.state().customers).toHaveLength(1);
  });

  it('that stays refused parks at the deadline with the message of Partner Center', async () => {
    const { outcome } = await play({ customer: { invalidAddress: true, purchases: [] } });
    expect(outcome).toMatchObject({
      outcome: 'parked',
      reason: 'deadline',
      nextStep: expect.stringMatching(/invalid address can never be deleted/),
      answer: { operation: 'delete-customer' },
    });
  });
});

describe('app-only credentials', () => {
  it('that may not read entitlements go on with orders and subscriptions', async () => {
    const settings = { refuseEntitlementsToAppOnly: true };
    expect((await play({ settings })).words).toBe('deleted released');
  });
});
