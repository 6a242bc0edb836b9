import { describe, expect, it } from 'vitest';
import { LISTING_LAG_MS } from '../../src/teardown/inventory/listing-lag.ts';
import type { Check } from '../../src/teardown/model/check.ts';
import { checkBodyOf } from '../../src/teardown/model/check.ts';
import type { QueueName } from '../../src/teardown/model/incoming-message.ts';
import { checkIdOf } from '../../src/teardown/model/message-ids.ts';
import type { OutcomeAbout } from '../../src/teardown/model/messenger.ts';
import type { Outcome } from '../../src/teardown/model/outcome.ts';
import type {
  PartnerCenterReader,
  PartnerCenterWriter,
} from '../../src/teardown/model/partner-center.ts';
import {
  type IncomingMessage,
  type Teardown,
  takeCheck,
  takeRequest,
} from '../../src/teardown/teardown.ts';
import { aTeardown } from '../support/a-teardown.ts';
import { aCheck, CUSTOMER_ID, customer, NOW_MS, order } from './builders.ts';

const silent = () => () => undefined;

/** So much of a message is repeated. */
const RECEIVED = 1_000;

/** What a customer with one order makes of messages; the last order read is cancelled where it says so. */
function harness(more: Partial<Teardown> = {}, orders = [order()]) {
  const sent: {
    about?: OutcomeAbout;
    outcome?: Outcome;
    check?: Check;
    body?: unknown;
    delayMs?: number;
  }[] = [];
  const calls: string[] = [];
  const clients: unknown[] = [];
  const write = (name: string) => async () => {
    calls.push(name);
    return 'done' as const;
  };
  const client: PartnerCenterReader & PartnerCenterWriter = {
    signedInTenant: async () => 'tenant',
    organizationDomain: async () => undefined,
    listCustomers: async () => [customer],
    getCustomer: async () => customer,
    listEntitlements: async () => [],
    listOrders: async () => orders,
    listSubscriptions: async () => [],
    listAzureEntitlements: async () => [],
    cancelOrder: write('cancel-order'),
    endSubscription: write('end-subscription'),
    turnOffAutoRenew: write('turn-off-auto-renew'),
    activateSubscription: write('activate-subscription'),
    cancelAzureEntitlement: write('cancel-azure-entitlement'),
    deleteCustomer: write('delete-customer'),
  };
  const teardown = aTeardown({
    backoff: {
      firstDelayMs: 1_000,
      multiplier: 1,
      maxDelayMs: 1_000,
      jitter: 0.5,
      maxChecks: 9,
      deadlineMs: 9_000,
    },
    messenger: {
      scheduleCheck: async (check, delayMs) => void sent.push({ check, delayMs }),
      postponeCheck: async ({ body }, delayMs) => void sent.push({ body, delayMs }),
      publishOutcome: async (about, outcome) => void sent.push({ about, outcome }),
    },
    partnerCenter: (id, _log, unanswered) => {
      clients.push([id, unanswered]);
      return client;
    },
    ...more,
  });
  return { teardown, sent, calls, clients };
}

const request = { body: { customerTenantId: CUSTOMER_ID }, messageId: 'teardown-1' };

describe('a request', () => {
  it('is the first check of a teardown with its name, and leads to another check', async () => {
    const { teardown, sent, calls } = harness();
    await takeRequest(request, teardown, silent);
    expect(calls).toEqual(['cancel-order']);
    expect(sent).toStrictEqual([
      {
        check: {
          teardownId: 'teardown-1',
          attempt: 1,
          startedMs: NOW_MS,
          request: { customerTenantId: CUSTOMER_ID },
          begun: true,
          delays: 1,
          domain: 'contoso.onmicrosoft.com',
          acceptedCalls: { 'order-1': new Date(NOW_MS).toISOString() },
          written: [`PATCH /v1/customers/${CUSTOMER_ID}/orders/order-1 (status cancelled)`],
          waitsFor: [{ kind: 'order', id: 'order-1', state: 'completed, 1 in all' }],
          readAllAt: new Date(NOW_MS + LISTING_LAG_MS).toISOString(),
        },
        // The lowest random number: half the jitter less.
        delayMs: 500,
      },
    ]);
  });

  it('asks Partner Center for nothing before its turn, and begins in a check', async () => {
    const before = { messageId: 'other', body: {}, sequenceNumber: 1n, isScheduled: false };
    const peek = async (queue: QueueName) => (queue === 'requests' ? [before] : []);
    const { teardown, sent, clients } = harness({ peek, startSpacingMs: 1_600 });
    await takeRequest({ ...request, sequenceNumber: 2n }, teardown, silent);
    expect(clients).toEqual([]);
    expect(sent).toMatchObject([{ check: { attempt: 1, begun: false }, delayMs: 1_600 }]);
  });

  it.each(['dry-run', 'enforce'] as const)(
    'that waits for its turn in the mode %s keeps that mode if the deployment allows more by then',
    async (mode) => {
      const before = { messageId: 'other', body: {}, sequenceNumber: 1n, isScheduled: false };
      const peek = async (queue: QueueName) => (queue === 'requests' ? [before] : []);
      const waiting = harness({ mode, peek });
      await takeRequest({ ...request, sequenceNumber: 2n }, waiting.teardown, silent);
      const [{ check }] = waiting.sent as [{ check: Check }];
      const later = harness({ mode: 'enforce' });
      const message = { body: checkBodyOf(check), messageId: checkIdOf(check) };
      await takeCheck(message, later.teardown, silent);
      expect(later.calls).toEqual(mode === 'enforce' ? ['cancel-order'] : []);
    },
  );

  it('never deletes, even where nothing was bought: that needs a fresh read', async () => {
    const { teardown, sent, calls } = harness({}, []);
    await takeRequest(request, teardown, silent);
    expect(calls).toEqual([]);
    expect(sent).toMatchObject([{ check: { begun: true }, delayMs: 0 }]);
  });

  it.each([
    ['the deployment allows no more', { mode: 'dry-run' } as const, request],
    ['it asks for no more', {}, { ...request, body: { ...request.body, dryRun: true } }],
  ])('writes nothing where %s', async (_name, more, message) => {
    const { teardown, sent, calls } = harness(more);
    await takeRequest(message, teardown, silent);
    expect(calls).toEqual([]);
    expect(sent).toMatchObject([{ outcome: { kind: 'planned' } }]);
  });

  it.each<[string, Partial<IncomingMessage>, string, object]>([
    ['text', { body: 'hello' }, 'not a JSON object but text', { received: 'hello' }],
    ['nothing', { body: undefined }, 'has no body', { received: '' }],
    ['JSON of another shape', { body: { a: 1 } }, '"a" is not a field', { received: '{"a":1}' }],
    [
      'a body of another kind',
      { bodyProblem: 'The message body is an AMQP sequence.' },
      'The message body is an AMQP sequence.',
      { received: JSON.stringify(request.body) },
    ],
    [
      'a secret',
      { body: 'client_secret=hunter2' },
      'not a JSON object but text',
      { received: 'client_secret=[secret]' },
    ],
    [
      'a secret that goes over the end of what is kept',
      { body: `${'x'.repeat(RECEIVED - 7)} eyJhbGciOiJIUzI1NiJ9.e30.c2ln` },
      'not a JSON object but text',
      { received: `${'x'.repeat(RECEIVED - 7)} [token` },
    ],
    [
      'a long text',
      { body: 'x'.repeat(2_000) },
      '2000 characters',
      { received: 'x'.repeat(RECEIVED) },
    ],
  ])(
    'of %s is rejected with a message and the beginning of what came',
    async (_n, more, says, has) => {
      const { teardown, sent, clients } = harness();
      await takeRequest({ ...request, ...more }, teardown, silent);
      expect(clients).toEqual([]);
      expect(sent).toMatchObject([
        {
          about: { teardownId: 'teardown-1', startedMs: NOW_MS, endedMs: NOW_MS, checks: 1 },
          outcome: {
            kind: 'rejected',
            reason: 'malformed-message',
            explanation: expect.stringContaining(says),
            nextStep: 'Correct the message and send it again under a new MessageId.',
            ...has,
          },
        },
      ]);
    },
  );

  it('of JSON too deep to be written again is rejected all the same', async () => {
    let body: unknown = 1;
    for (let depth = 0; depth < 20_000; depth += 1) body = [body];
    const { teardown, sent } = harness();
    await takeRequest({ ...request, body }, teardown, silent);
    expect(sent).toMatchObject([
      { outcome: { received: 'JSON that is nested too deeply to be shown' } },
    ]);
  });
});

describe('a check', () => {
  it('goes on under its own name, and repeats an unanswered write under its', async () => {
    const unanswered = {
      call: 'PATCH /x',
      requestId: '11111111-2222-3333-4444-555555555555',
    };
    const { teardown, clients, calls, sent } = harness({}, []);
    const body = checkBodyOf(aCheck({ attempt: 2, begun: true, unanswered }));
    await takeCheck({ body, messageId: 'teardown-1:check:2' }, teardown, silent);
    expect(clients).toEqual([['teardown-1', unanswered]]);
    expect(calls).toEqual(['delete-customer']);
    expect(sent).toMatchObject([
      { about: { teardownId: 'teardown-1' }, outcome: { kind: 'deleted' } },
    ]);
  });

  it.each([
    ['in the year 2099', Date.UTC(2099, 0)],
    ['tomorrow', NOW_MS + 24 * 60 * 60_000],
    ['long before the teardown began', NOW_MS - 24 * 60 * 60_000],
  ])('that says that a call was accepted %s is not believed, and makes it', async (_when, ms) => {
    const { teardown, calls, sent } = harness();
    const acceptedCalls = { 'order-1': new Date(ms).toISOString() };
    const body = checkBodyOf(aCheck({ attempt: 2, begun: true, acceptedCalls }));
    await takeCheck({ body, messageId: 'teardown-1:check:2' }, teardown, silent);
    expect(calls).toEqual(['cancel-order']);
    expect(sent[0]?.check?.acceptedCalls).toEqual({ 'order-1': new Date(NOW_MS).toISOString() });
  });

  it('that a dead letter left only ends the teardown', async () => {
    const { teardown, calls, sent } = harness();
    const body = checkBodyOf(aCheck({ attempt: 2, begun: true, deadLetter: { reason: 'TTL' } }));
    await takeCheck({ body, messageId: 'teardown-1:check:2' }, teardown, silent);
    expect(calls).toEqual([]);
    expect(sent).toMatchObject([{ outcome: { kind: 'parked', reason: 'dead-lettered' } }]);
  });

  it('that cannot be read is rejected under its own id', async () => {
    const { teardown, sent } = harness();
    await takeCheck({ body: { x: 1 }, messageId: 'm' }, teardown, silent);
    expect(sent).toStrictEqual([
      {
        about: { teardownId: 'm', startedMs: NOW_MS, endedMs: NOW_MS, checks: 1 },
        outcome: {
          kind: 'rejected',
          reason: 'foreign-check',
          explanation: expect.stringContaining('The queue teardown-checks'),
          nextStep: 'Check who else may send to teardown-checks, and revoke that permission.',
          received: '{"x":1}',
        },
      },
    ]);
  });

  it.each<[string, unknown]>([
    ['nobody can read', 'noise'],
    [
      'is of another teardown',
      checkBodyOf(aCheck({ teardownId: 'other', attempt: 2, begun: true })),
    ],
    ['is another one of that teardown', checkBodyOf(aCheck({ attempt: 3, begun: true }))],
  ])(
    'that %s, under the id of a check, names the teardown that it may have displaced, and does nothing else',
    async (_name, body) => {
      const { teardown, sent, clients } = harness();
      await takeCheck({ body, messageId: 'teardown-1:check:2' }, teardown, silent);
      expect(clients).toEqual([]);
      expect(sent).toMatchObject([
        {
          about: { teardownId: 'teardown-1:check:2' },
          outcome: {
            kind: 'rejected',
            reason: 'foreign-check',
            explanation: expect.stringContaining('a check of the teardown "teardown-1"'),
            nextStep: expect.stringContaining('request it again under a new MessageId'),
            possiblyDisplaced: 'teardown-1',
          },
        },
      ]);
    },
  );

  it.each<[string, string, unknown]>([
    ['its name', 'a\u202eb\u200b:check:1', 'noise'],
    ['a field’s name', 'm', { ...checkBodyOf(aCheck({ attempt: 1 })), '\ufeffmore': 1 }],
    ['a value', 'm', { ...checkBodyOf(aCheck({ attempt: 1 })), begun: '\u202ey\u200b' }],
    ['the id in it', 'm', checkBodyOf(aCheck({ attempt: 1, teardownId: 'a\ufeff\u202e' }))],
  ])('that has what nobody sees in %s shows it in the outcome', async (_what, messageId, body) => {
    const { teardown, sent } = harness();
    await takeCheck({ body, messageId }, teardown, silent);
    const explanation = sent[0]?.outcome?.explanation;
    expect(explanation).not.toMatch(/[\u202e\u200b\ufeff]/);
    expect(explanation).toMatch(/\\u(?:202e|feff)/);
  });

  it('whose content is of another kind than JSON is rejected whatever it holds', async () => {
    const { teardown, sent } = harness();
    const body = checkBodyOf(aCheck({ attempt: 2, begun: true }));
    const message = { body, bodyProblem: 'It is UTF-16.', messageId: 'teardown-1:check:2' };
    await takeCheck(message, teardown, silent);
    expect(sent).toMatchObject([{ outcome: { explanation: expect.stringContaining('UTF-16') } }]);
  });
});

describe('a sweep that asked for a customer', () => {
  const swept = {
    messageId: `sweep-20261122T0200Z-${CUSTOMER_ID}`,
    body: { customerTenantId: CUSTOMER_ID, requestedBy: 'nightlySweep' },
  };

  it('has it torn down while the rules include it', async () => {
    const { teardown, calls } = harness({ sweepRules: { include: ['*'], maxCustomers: 25 } });
    await takeRequest(swept, teardown, silent);
    expect(calls).toEqual(['cancel-order']);
  });

  it('is known by its customer in any letter case', async () => {
    const { teardown, calls } = harness({ sweepRules: { include: ['*'], maxCustomers: 25 } });
    const id = 'ABCDEFAB-0000-4000-8000-000000000000';
    const messageId = `sweep-20261122T0200Z-${id}`;
    const body = { customerTenantId: id.toLowerCase(), requestedBy: 'nightlySweep' };
    await takeRequest({ messageId, body }, teardown, silent);
    expect(calls).toEqual(['cancel-order']);
  });

  it("is not displaced silently by a request for another customer under its request's name", async () => {
    const { teardown, calls, sent } = harness({ sweepRules: { include: ['*'], maxCustomers: 25 } });
    const another = `${CUSTOMER_ID.slice(0, -1)}0`;
    const body = { ...swept.body, customerTenantId: another };
    await takeRequest({ ...swept, body }, teardown, silent);
    expect(calls).toEqual([]);
    expect(sent).toMatchObject([{ outcome: { reason: 'malformed-message' } }]);
  });

  it('is not displaced silently: a message with the name of its request that is not one is rejected', async () => {
    const { teardown, calls, sent } = harness({ sweepRules: { include: ['*'], maxCustomers: 25 } });
    const body = { customerTenantId: CUSTOMER_ID, dryRun: true };
    await takeRequest({ ...swept, body }, teardown, silent);
    expect(calls).toEqual([]);
    expect(sent).toMatchObject([
      {
        about: { teardownId: swept.messageId },
        outcome: {
          reason: 'malformed-message',
          explanation: expect.stringContaining('may have been dropped as a duplicate'),
        },
      },
    ]);
    for (const messageId of [
      'sweep-1',
      `sweep-20261122T0200-${CUSTOMER_ID}`,
      `x${swept.messageId}`,
    ]) {
      const other = harness();
      await takeRequest({ messageId, body }, other.teardown, silent);
      expect(other.sent).not.toMatchObject([{ outcome: { reason: 'malformed-message' } }]);
    }
  });

  it('has nothing done where they do not, or where there are none', async () => {
    for (const more of [{}, { sweepRules: { include: [], maxCustomers: 25 } }]) {
      const { teardown, calls, sent } = harness(more);
      await takeRequest(swept, teardown, silent);
      expect(calls).toEqual([]);
      expect(sent).toMatchObject([{ outcome: { reason: 'no-longer-included' } }]);
    }
  });
});
