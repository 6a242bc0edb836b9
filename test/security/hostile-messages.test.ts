import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { settings } from '../functions/played-account.ts';
import { problemsOf } from '../logs/line-problems.ts';
import { wholeApp } from './whole-app.ts';

const SEED = Number(process.env['HOSTILE_SEED'] ?? 20261122);
const RUNS = Number(process.env['HOSTILE_RUNS'] ?? 1_000);
const CUSTOMER = '11111111-2222-3333-4444-555555555555';
const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;
/** Every request the app makes; an account with one customer that has nothing. */
const requests: Request[] = [];
beforeEach(() => {
  vi.stubGlobal('fetch', async (input: string | URL | Request, init?: RequestInit) => {
    // Throws for a header that is malformed, as Node's own does.
    const request = new Request(input, init);
    requests.push(request);
    const item = { id: CUSTOMER, companyProfile: { domain: 'x.onmicrosoft.com' } };
    return /\/customers\?/.test(request.url)
      ? Response.json({ items: [item] })
      : Response.json({ ...item, items: [] });
  });
});
afterAll(() => void vi.unstubAllGlobals());

const nasty = fc.oneof(
  fc.constantFrom(
    '../../../customers',
    `${CUSTOMER}/../${CUSTOMER}`,
    `${CUSTOMER}?x=1#y`,
    `${CUSTOMER}%2f..%2f..`,
    `${CUSTOMER}\r\nX-Injected: 1`,
    `${CUSTOMER}\u0000`,
    ` ${CUSTOMER}`,
    `{${CUSTOMER}}`,
    `https://evil.example/${CUSTOMER}`,
    CUSTOMER.replace('1', '１'),
    'a\r\nX-Injected: 1\r\n\r\nbody',
    'line\u2028separator\u2029and\u0085next',
    '\u001b[2Jterminal\u009b2J',
    '\ud800 half a character',
    '$' + '{jndi:ldap://x}',
    '{"level":"error","message":"forged"}',
    '"}\n{"message":"forged"}',
    '__proto__',
    'constructor',
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
);
const anything = fc.oneof(
  nasty,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(nasty, { maxLength: 3 }),
  fc.dictionary(nasty, nasty, { maxKeys: 3 }),
);
const guid = fc.oneof(fc.constantFrom(CUSTOMER, CUSTOMER.toUpperCase()), fc.uuid());

/** Parsed from JSON as the worker does it, so that `__proto__` is a field like any other. */
const asJson = (text: string): unknown => JSON.parse(text);
const body: fc.Arbitrary<unknown> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ customerTenantId: guid, requestedBy: nasty, reason: nasty }),
  },
  // Nothing else is wrong with it, so that only what a customer's id may be is in the way.
  fc.record({ customerTenantId: nasty }),
  fc.record(
    {
      customerTenantId: fc.oneof(guid, anything),
      requestedBy: anything,
      reason: anything,
      expectedDomain: anything,
      minIdle: anything,
      ifUnchanged: anything,
      dryRun: anything,
    },
    { requiredKeys: [] },
  ),
  fc
    .tuple(nasty, nasty)
    .map(([name, value]) =>
      asJson(
        `{"customerTenantId":"${CUSTOMER}",${JSON.stringify(name)}:${JSON.stringify(value)},"__proto__":{"polluted":true,"mode":"enforce"},"constructor":{"prototype":{"polluted":true}}}`,
      ),
    ),
  anything,
);
const messageId = fc.oneof(
  nasty.filter((id) => id.length > 0),
  fc.integer().map(String),
  fc.constant(''),
);

type App = ReturnType<typeof wholeApp>;

function expectAllInOrder({ lines, sent, thrown }: App): void {
  expect(thrown).toEqual([]);
  for (const line of lines) {
    expect(line).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
    expect(problemsOf(line)).toEqual([]);
  }
  for (const { url, headers } of requests) {
    const { origin, pathname } = new URL(url);
    expect(origin).toBe('https://api.partnercenter.microsoft.com');
    const [, version, customers, customer, ...rest] = pathname.split('/');
    expect([version, customers]).toEqual(['v1', 'customers']);
    if (customer !== undefined) expect(customer).toMatch(GUID);
    expect(['', 'orders', 'subscriptions', 'entitlements']).toContain(rest.join('/'));
    for (const [, value] of headers) expect(value).toMatch(/^[\x20-\x7e]*$/);
    expect(headers.has('x-injected')).toBe(false);
  }
  for (const { entity, message } of sent) {
    expect(String(message.messageId).length).toBeLessThanOrEqual(128);
    if (entity !== 'teardown-outcomes') continue;
    const event: unknown = JSON.parse(JSON.stringify(message.body));
    expect(event).toMatchObject({
      specversion: '1.0',
      id: expect.stringMatching(/./),
      source: `urn:sandbox-teardown:${settings.SANDBOX_TENANT_ID}`,
      type: expect.stringMatching(/^sandbox\.teardown\.(deleted|planned|skipped|parked|rejected)$/),
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      datacontenttype: 'application/json',
    });
  }
  expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
}

describe('whatever a message holds', () => {
  it(`requests stay with the customer's path, headers are whole, log lines are one line of JSON, events are CloudEvents (seed ${SEED}, ${RUNS} messages to each queue)`, async () => {
    let written = 0;
    await fc.assert(
      fc.asyncProperty(body, messageId, async (message, id) => {
        requests.length = 0;
        const app = wholeApp(settings);
        await app.run('cancelOrders', message, { messageId: id });
        expect(app.sent).toHaveLength(1);
        const check = {
          teardownId: id === '' ? 'message-7' : id,
          attempt: 1,
          startedAt: new Date().toISOString(),
          begun: true,
          request: message,
        };
        await app.run('deleteCustomer', check);
        await app.run('deleteCustomer', message, { messageId: id });
        expect(app.sent).toHaveLength(3);
        expectAllInOrder(app);
        written += requests.filter(({ method }) => method === 'DELETE').length;
      }),
      { seed: SEED, numRuns: RUNS },
    );
    // Else nothing above was about a message that is taken.
    expect(written).toBeGreaterThan(RUNS / 20);
  });

  const KILOBYTES = 256 * 1_024;
  it.each<[string, unknown]>([
    ['text of 256 kB', 'x'.repeat(KILOBYTES)],
    ['a list nested a hundred thousand deep', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['an object nested forty thousand deep', `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`],
    [
      'forty thousand unknown fields',
      Object.fromEntries(Array.from({ length: 40_000 }, (_, n) => [`f${n}`, 1])),
    ],
    ['a field name of 256 kB', { customerTenantId: CUSTOMER, ['f'.repeat(KILOBYTES)]: 1 }],
    ['a reason of 256 kB', { customerTenantId: CUSTOMER, reason: 'r'.repeat(KILOBYTES) }],
    ['a duration of 256 kB', { customerTenantId: CUSTOMER, minIdle: `P${'1'.repeat(KILOBYTES)}D` }],
    ['a number too large for a number', '{"customerTenantId": 1e999}'],
  ])('%s is answered at once, briefly', async (_what, message) => {
    for (const queue of ['cancelOrders', 'deleteCustomer'] as const) {
      requests.length = 0;
      const app = wholeApp(settings);
      await app.run(queue, message);
      expectAllInOrder(app);
      expect(requests).toEqual([]);
      expect(app.sent).toMatchObject([{ message: { subject: 'rejected' } }]);
      expect(JSON.stringify(app.sent).length).toBeLessThan(8_000);
      expect(app.lines.join('').length).toBeLessThan(4_000);
    }
  });
});
