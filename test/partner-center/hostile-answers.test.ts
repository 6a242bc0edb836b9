import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_BODY_BYTES } from '../../src/partner-center/bounded-text.ts';
import { MOST_PAGES } from '../../src/partner-center/collection.ts';
import { meaningOf } from '../../src/teardown/answers/meaning-of.ts';
import { type Answer, PartnerCenterRefusal } from '../../src/teardown/refusal.ts';
import { hostileServer, type RawAnswer, TOKEN } from './hostile-server.ts';

const SEED = Number(process.env['HOSTILE_SEED'] ?? 20261122);
const RUNS = Number(process.env['HOSTILE_RUNS'] ?? 10_500);
const CALLS = 7;
/** Body, description and names, each within its limit. */
const LONGEST_REFUSAL = 8_000;

async function answerTo(call: Promise<unknown>): Promise<Answer | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (error instanceof PartnerCenterRefusal) return error.answer;
    throw error;
  }
}

const json = (body: unknown, status = 200): RawAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

describe('whatever comes back', () => {
  it(`over ${RUNS} generated answers (seed ${SEED}), a call ends well or in a refusal with a meaning`, async () => {
    const { client, answers, state } = await hostileServer();
    const fault = fc.record({
      code: fc.oneof(
        fc.constantFrom('800060', '800019', '900117', '2055'),
        fc.integer(),
        fc.string(),
        fc.constant('9'.repeat(100_000)),
        fc.constant(TOKEN),
      ),
      description: fc.oneof(fc.string(), fc.constant(`leaked Bearer ${TOKEN}`), fc.constant(null)),
    });
    const body = fc.oneof(
      fc.json({ maxDepth: 4 }),
      fc.string({ unit: 'binary', maxLength: 200 }),
      fault.map((each) => JSON.stringify(each)),
      fc
        .record({ statusCode: fc.integer(), message: fc.string() })
        .map((each) => JSON.stringify(each)),
      fc
        .record({ items: fc.array(fc.object({ maxDepth: 2 })), totalCount: fc.anything() })
        .map(safeJson),
      fc.constantFrom(
        '',
        '<html><body>502</body></html>',
        'null',
        '[]',
        '{"items":null}',
        '{"Items":null,"items":[]}',
        '{"ITEMS":"x","items":[]}',
        '{"items":[],"ITEMS":"x"}',
      ),
    );
    const answer: fc.Arbitrary<RawAnswer> = fc.record({
      // 1xx and 204/304 have no body of their own; 101 would switch protocols.
      status: fc.oneof(
        fc.constantFrom(200, 202, 204, 301, 400, 401, 403, 404, 408, 409, 412, 429, 500, 503),
        fc.integer({ min: 200, max: 599 }),
      ),
      headers: fc.record(
        {
          'content-type': fc.constantFrom('application/json', 'text/html', 'application/xml', ''),
          'retry-after': fc.constantFrom(
            '5',
            '-1',
            'soon',
            'Wed, 21 Oct 2026 07:28:00 GMT',
            '1e99',
          ),
          'ms-requestid': fc.constant(TOKEN),
          location: fc.constant('http://127.0.0.1:1/elsewhere'),
        },
        { requiredKeys: [] },
      ),
      body,
    });
    await fc.assert(
      fc.asyncProperty(answer, fc.nat(CALLS - 1), async (generated, chosen) => {
        answers(generated);
        state.requests = 0;
        const api = client();
        const subscription = { id: 's', resource: {} } as never;
        const calls = [
          () => api.getCustomer('c'),
          () => api.listOrders('c'),
          () => api.listSubscriptions('c'),
          () => api.listEntitlements('c'),
          () => api.cancelOrder('c', 'o'),
          () => api.endSubscription('c', subscription, 'deleted'),
          () => api.deleteCustomer('c'),
        ];
        const refused = await answerTo(calls[chosen]?.() ?? Promise.resolve());
        if (refused !== undefined) {
          expect(meaningOf(refused).kind).toMatch(/^[a-z-]+$/);
          expect(JSON.stringify(refused)).not.toContain(TOKEN);
          expect(JSON.stringify(refused).length).toBeLessThanOrEqual(LONGEST_REFUSAL);
        }
        expect(state.requests).toBeLessThanOrEqual(MOST_PAGES + 1);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  }, 120_000);

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
  ])('a page link to %s is refused and not followed', async (uri) => {
    const { client, answers, state } = await hostileServer();
    answers(json({ items: [], links: { next: { uri, method: 'GET', headers: [] } } }));
    const refused = await answerTo(client().listOrders('c'));
    expect(refused?.description).toContain('outside the API');
    expect(state.requests).toBe(1);
  });

  it('a list that links to itself ends in a refusal', async () => {
    const { client, answers, state } = await hostileServer();
    answers(json({ items: [], links: { next: { uri: '/customers/c/orders', method: 'GET' } } }));
    expect((await answerTo(client().listOrders('c')))?.description).toContain('circles');
    expect(state.requests).toBeLessThanOrEqual(2);
  });

  it('a list with fewer items than it counts is not taken for complete', async () => {
    const { client, answers } = await hostileServer();
    answers(json({ totalCount: 2, items: [{ id: 'order-1', status: 'cancelled' }] }));
    expect((await answerTo(client().listOrders('c')))?.description).toContain('counts 2');
  });

  it('a body over the limit is refused', async () => {
    const { client, answers } = await hostileServer();
    answers({ status: 200, headers: {}, body: Buffer.alloc(MOST_BODY_BYTES + 1, 0x20) });
    expect((await answerTo(client().listOrders('c')))?.description).toContain('larger than');
  });

  it('a body that ends half-way is no answer', async () => {
    const { client, answers } = await hostileServer();
    answers({ ...json({ items: [] }), headers: { 'content-length': '500' }, cut: true });
    expect(await answerTo(client().listOrders('c'))).toMatchObject({ status: 0 });
  });

  it.each(['.', '..', '', 'x'.repeat(201)])(
    'an id that is no part of a path (%j) is refused',
    async (id) => {
      const { client, answers, state } = await hostileServer();
      answers(json({ items: [{ id, status: 'completed' }] }));
      expect((await answerTo(client().listOrders('c')))?.description).toContain('shaped');
      expect(state.paths).toEqual(['/v1/customers/c/orders']);
    },
  );

  it('a body nested too deeply is refused', async () => {
    const { client, answers } = await hostileServer();
    answers({ status: 200, headers: {}, body: '['.repeat(50_000) + ']'.repeat(50_000) });
    expect((await answerTo(client().listOrders('c')))?.description).toContain('deeper');
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

function safeJson(value: unknown): string {
  return JSON.stringify(value, (_key, item) => (typeof item === 'bigint' ? String(item) : item));
}
