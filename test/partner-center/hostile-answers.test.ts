import { describe, expect, it } from 'vitest';
import { MAX_BODY_BYTES } from '../../src/partner-center/http/bounded-text.ts';
import { MAX_VALUES } from '../../src/partner-center/http/lowercase-keys.ts';
import { MAX_ITEMS } from '../../src/partner-center/paginate.ts';
import { classifyError } from '../../src/teardown/errors/classify-error.ts';
import { answerTo } from './answering-client.ts';
import { ANSWERS_A_CALL, everyCallEndsWell } from './hostile/calls.ts';
import { everyCheckEndsWell } from './hostile/checks.ts';
import { httpWire } from './hostile/http-wire.ts';
import { hostileServer, type RawAnswer } from './hostile-server.ts';

const SEED = Number(process.env['HOSTILE_SEED'] ?? 20261122);
const RUNS = Number(process.env['HOSTILE_RUNS'] ?? 10_500);
/** Of what takes longer. */
const FEW = Math.ceil(RUNS / 35);

const json = (body: unknown, status = 200): RawAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

describe('whatever comes back', () => {
  it(`over ${RUNS} generated answers (seed ${SEED}), a call ends well or in an error with a meaning`, () =>
    everyCallEndsWell(SEED, Math.ceil(RUNS / ANSWERS_A_CALL)));

  it(`over ${FEW} generated teardowns (seed ${SEED}), a check ends in an outcome or in the next check`, () =>
    everyCheckEndsWell(SEED, FEW));

  it(`over ${FEW} calls by HTTP (seed ${SEED}), a call ends well or in an error with a meaning`, async () =>
    everyCallEndsWell(SEED, FEW, await httpWire()));

  it('a redirect is refused and not followed', async () => {
    const { client, answers, state } = await hostileServer();
    answers({ status: 302, headers: { location: '/v1/elsewhere' }, body: '' });
    expect(await answerTo(client().listOrders('c'))).toMatchObject({ status: 302 });
    expect(state.requests).toBe(1);
  });

  it.each([
    'https://example.invalid/v1/orders',
    '//example.invalid/orders',
    '/\\example.invalid',
    '../x',
    'https://127.0.0.1:PORT/v1/customers/c/orders?page=2',
    'http://127.0.0.1:1/v1/customers/c/orders?page=2',
    'http://user@127.0.0.1:PORT/v1/customers/c/orders?page=2',
    'http://:word@127.0.0.1:PORT/v1/customers/c/orders?page=2',
    'http://localhost:PORT/v1/customers/c/orders?page=2',
    'http://127.0.0.1:PORT/v1/../v1/customers/c/orders?page=2',
  ])('a page link to %s is refused and not followed', async (address) => {
    const { client, answers, state, port } = await hostileServer();
    const uri = address.replace('PORT', String(port));
    answers(json({ items: [], links: { next: { uri, method: 'GET', headers: [] } } }));
    const refused = await answerTo(client().listOrders('c'));
    expect(refused?.description).toContain('outside the API');
    expect(state.requests).toBe(1);
  });

  it("a page link that names the API's own host is followed, to the same list only", async () => {
    const { client, answers, state, port } = await hostileServer();
    const linksTo = (path: string) =>
      answers(json({ items: [], links: { next: { uri: `http://127.0.0.1:${port}${path}` } } }));
    linksTo('/v1/customers/c/orders?page=2');
    expect((await answerTo(client().listOrders('c')))?.description).toContain('repeats a page');
    expect(state.paths).toEqual(['/v1/customers/c/orders', '/v1/customers/c/orders?page=2']);
    linksTo('/v1/customers/d/orders?page=2');
    expect((await answerTo(client().listOrders('c')))?.description).toContain('another list');
    expect(state.paths).toEqual(['/v1/customers/c/orders']);
  });

  it.each(['\u2603', 'a\r\nX-Injected: 1', '\ud800'])(
    'a list that goes on by a token that no header can hold (%j) is refused, not asked for again',
    async (token) => {
      const { client, answers, state } = await hostileServer();
      const headers = [{ key: 'MS-ContinuationToken', value: token }];
      for (const more of [
        { continuationToken: token },
        { links: { next: { uri: '/customers/c/orders?page=2', headers } } },
      ]) {
        answers(json({ items: [], ...more }));
        expect(await answerTo(client().listOrders('c'))).toMatchObject({
          status: 200,
          description: expect.stringContaining('no header can hold'),
        });
        expect(state.requests).toBe(1);
      }
    },
  );

  it('a list that links to itself ends in an error', async () => {
    const { client, answers, state } = await hostileServer();
    answers(json({ items: [], links: { next: { uri: '/customers/c/orders', method: 'GET' } } }));
    expect((await answerTo(client().listOrders('c')))?.description).toContain('repeats a page');
    expect(state.requests).toBeLessThanOrEqual(2);
  });

  it('a list with fewer items than its count is not complete', async () => {
    const { client, answers } = await hostileServer();
    answers(json({ totalCount: 2, items: [{ id: 'order-1', status: 'cancelled' }] }));
    expect((await answerTo(client().listOrders('c')))?.description).toContain('counts 2');
  });

  it('a body over the limit is refused', async () => {
    const { client, answers } = await hostileServer();
    answers({ status: 200, headers: {}, body: Buffer.alloc(MAX_BODY_BYTES + 1, 0x20) });
    expect((await answerTo(client().listOrders('c')))?.description).toContain('larger than');
  });

  it.each([429, 503, 401, 409])(
    'an error %i over the limit still says what it is, and how long to wait',
    async (status) => {
      const { client, answers } = await hostileServer();
      const body = Buffer.alloc(MAX_BODY_BYTES + 1, 0x20);
      answers({ status, headers: { 'retry-after': '7' }, body });
      expect(await answerTo(client().listOrders('c'))).toMatchObject({
        status,
        retryAfterMs: 7_000,
        description: expect.stringContaining('no known error shape'),
      });
    },
  );

  it.each<[string, number, Partial<RawAnswer>]>([
    ['cut short', 429, { cut: true, headers: { 'content-length': '500' } }],
    ['cut short', 503, { cut: true, headers: { 'content-length': '500' } }],
    ['no gzip', 429, { headers: { 'content-encoding': 'gzip' } }],
    ['no gzip', 503, { headers: { 'content-encoding': 'gzip' } }],
  ])(
    'an error whose body is %s has its meaning and its wait by its status %i',
    async (_how, status, more) => {
      const { client, answers, state } = await hostileServer();
      const headers = { ...more.headers, 'retry-after': '57' };
      answers({ ...json({ statusCode: status, message: 'Later.' }, status), ...more, headers });
      expect(await answerTo(client().listOrders('c'))).toMatchObject({
        status,
        retryAfterMs: 57_000,
        description: expect.stringContaining('no known error shape'),
      });
      expect(state.requests).toBe(1);
    },
  );

  it('an error whose body does not come in time has its meaning by its status', async () => {
    const { client, answers, state } = await hostileServer(200);
    const headers = { 'content-length': '500', 'retry-after': '57' };
    answers({ ...json({}, 429), headers, stuck: true });
    expect(await answerTo(client().listOrders('c'))).toMatchObject({
      status: 429,
      retryAfterMs: 57_000,
    });
    expect(state.requests).toBe(1);
  });

  it('a customer with the id of another is rejected: the next write uses that id', async () => {
    const { client, answers } = await hostileServer();
    answers(json({ id: 'D', companyProfile: { domain: 'd.onmicrosoft.com' } }));
    expect((await answerTo(client().getCustomer('c')))?.description).toContain('another customer');
    answers(json({ id: 'C' }));
    expect(await client().getCustomer('c')).toEqual({ id: 'c' });
  });

  it.each([
    ['200 with a page to sign in', { status: 200, headers: {}, body: '<html>Sign in</html>' }],
    ['200 with JSON', json({ code: '2000', description: 'Customer cannot be removed' })],
    ['202', { status: 202, headers: {}, body: '' }],
  ])('a deletion answered with %s does not count as done', async (_name, answer) => {
    const { client, answers } = await hostileServer();
    answers(answer);
    const refused = await answerTo(client().deleteCustomer('c'));
    expect(refused).toMatchObject({ operation: 'delete-customer', status: answer.status });
    expect(refused && classifyError(refused)).toEqual({ kind: 'requeue' });
  });

  it.each([204, 200])('a deletion answered with %i and nothing more is made', async (status) => {
    const { client, answers } = await hostileServer();
    answers({ status, headers: {}, body: '' });
    expect(await answerTo(client().deleteCustomer('c'))).toBeUndefined();
  });

  it.each([
    ['items', (count: number) => ({ items: Array(count).fill({ id: 'o' }) })],
    ['lines', (count: number) => ({ items: [{ id: 'o', lineItems: Array(count).fill({}) }] })],
  ])('a list of orders with more %s than the limit is rejected', async (_what, list) => {
    const { client, answers } = await hostileServer();
    answers(json(list(MAX_ITEMS + 1)));
    expect((await answerTo(client().listOrders('c')))?.description).toContain('more than 2000');
    answers(json(list(MAX_ITEMS)));
    expect(await answerTo(client().listOrders('c'))).toBeUndefined();
  });

  it('a list of entitlements that includes more than the limit is rejected', async () => {
    const { client, answers } = await hostileServer();
    const holding = (count: number) => ({
      items: [{ referenceOrder: { id: 'o' }, includedEntitlements: Array(count).fill({}) }],
    });
    answers(json(holding(MAX_ITEMS)));
    expect((await answerTo(client().listEntitlements('c')))?.description).toContain('2000');
    answers(json(holding(MAX_ITEMS - 1)));
    expect(await answerTo(client().listEntitlements('c'))).toBeUndefined();
  });

  it.each([{}, { uri: null }, { uri: '' }])('a link %j to the next page is none', async (next) => {
    const { client, answers, state } = await hostileServer();
    answers(json({ items: [], links: { next } }));
    expect(await client().listOrders('c')).toEqual([]);
    expect(state.requests).toBe(1);
  });

  it('a blank number, a default date and a date that is no text are missing', async () => {
    const { client, answers } = await hostileServer();
    const lineItems = [{ lineItemNumber: ' ', quantity: '  ', parentSubscriptionId: 'parent' }];
    const created = (creationDate: unknown) => ({ id: 'o', creationDate, status: 7, lineItems });
    answers(json({ items: ['0001-01-01T00:00:00Z', 1_700_000_000, true].map(created) }));
    const orders = await client().listOrders('c');
    expect(orders.map(({ createdMs }) => createdMs)).toEqual([undefined, undefined, undefined]);
    expect(orders[0]?.lines).toEqual([
      { lineItemNumber: 0, offerId: '', quantity: 1, parentSubscriptionId: 'parent' },
    ]);
  });

  it('a body that breaks off is no answer', async () => {
    const { client, answers } = await hostileServer();
    answers({ ...json({ items: [] }), headers: { 'content-length': '500' }, cut: true });
    expect(await answerTo(client().listOrders('c'))).toMatchObject({ status: 0 });
  });

  it.each(['.', '..', '', 'x'.repeat(201), 'a\ud800', '\udfffa'])(
    'an id that is no part of a path (%j) is refused',
    async (id) => {
      const { client, answers, state } = await hostileServer();
      answers(json({ items: [{ id, status: 'completed' }] }));
      for (const list of [
        () => client().listOrders('c'),
        () => client().listSubscriptions('c'),
        () => client().listAzureEntitlements('c', 'plan'),
        () => client().listCustomers(75),
      ]) {
        expect((await answerTo(list()))?.description).toContain('shaped');
      }
      expect(state.requests).toBe(4);
    },
  );

  it.each(['.', '..'])(
    'an order that an entitlement calls %j is not written to: the address would be another',
    async (id) => {
      const { client, answers, state } = await hostileServer();
      answers(json({ items: [{ referenceOrder: { id } }] }));
      const [entitlement] = await client().listEntitlements('c');
      const refused = await answerTo(client().cancelOrder('c', entitlement?.orderId ?? ''));
      expect(refused).toMatchObject({
        status: 200,
        description: expect.stringContaining('leads to another'),
      });
      expect(state.paths).toEqual(['/v1/customers/c/entitlements']);
    },
  );

  it('a name that was cut in the middle of a character is read, with the half replaced', async () => {
    const { client, answers } = await hostileServer();
    answers(json({ id: 'c', companyProfile: { companyName: 'Sandbox \ud83d' } }));
    expect(await client().getCustomer('c')).toEqual({ id: 'c', companyName: 'Sandbox \ufffd' });
    // Such an order is asked for by this id where no list shows it.
    answers(json({ items: [{ referenceOrder: { id: 'o\ud83d' } }] }));
    const [entitlement] = await client().listEntitlements('c');
    expect(entitlement?.orderId).toBe('o\ufffd');
  });

  it('a body nested too deeply is rejected', async () => {
    const { client, answers } = await hostileServer();
    answers({ status: 200, headers: {}, body: '['.repeat(50_000) + ']'.repeat(50_000) });
    expect((await answerTo(client().listOrders('c')))?.description).toContain('deeper');
  });

  it('a body of more values than any page is rejected', async () => {
    const { client, answers } = await hostileServer();
    answers(json({ items: [{ id: 'o', more: Array(MAX_VALUES).fill([]) }] }));
    expect((await answerTo(client().listOrders('c')))?.description).toContain('50000 values');
  });

  it('names in any letter case, numbers as text and unknown words are read', async () => {
    const { client, answers } = await hostileServer();
    answers(
      json({
        TotalCount: '1',
        ITEMS: [
          {
            Id: 'order-1',
            STATUS: 'Cancelled',
            BillingCycle: 'Fortnightly',
            LineItems: [{ LineItemNumber: '0', Quantity: '0', OfferId: 'x' }],
          },
        ],
      }),
    );
    expect(await client().listOrders('c')).toMatchObject([
      { id: 'order-1', status: 'cancelled', lines: [{ lineItemNumber: 0, quantity: 0 }] },
    ]);
  });
});
