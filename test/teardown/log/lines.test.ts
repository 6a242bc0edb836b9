import { describe, expect, it } from 'vitest';
import { countingCustomers } from '../../../src/teardown/inventory/count-customers.ts';
import type { LogOf } from '../../../src/teardown/log/log.ts';
import type { Check } from '../../../src/teardown/model/check.ts';
import { checkBodyOf } from '../../../src/teardown/model/check.ts';
import type { Messenger } from '../../../src/teardown/model/messenger.ts';
import type { Outcome } from '../../../src/teardown/model/outcome.ts';
import type {
  PartnerCenterReader,
  PartnerCenterWriter,
} from '../../../src/teardown/model/partner-center.ts';
import { parkDeadLetters } from '../../../src/teardown/park-dead-letters.ts';
import { publishResult } from '../../../src/teardown/reconcile/publish-result.ts';
import { finish, type Result } from '../../../src/teardown/reconcile/result.ts';
import { sweep } from '../../../src/teardown/sweep/sweep.ts';
import { type Teardown, takeCheck, takeRequest } from '../../../src/teardown/teardown.ts';
import { aTeardown } from '../../support/a-teardown.ts';
import { aCheck, BACKOFF, CUSTOMER_ID, customer, NOW_MS } from '../builders.ts';

/** Every line with its id, and what becomes of messages. */
function recorded() {
  const lines: unknown[] = [];
  const logOf: LogOf = (correlationId) => (event, fields) => {
    lines.push({ event, correlationId, ...fields });
  };
  const messenger: Messenger = {
    scheduleCheck: async () => void lines.push('a check is scheduled'),
    postponeCheck: async () => void lines.push('a check is postponed'),
    publishOutcome: async () => void lines.push('an outcome is published'),
  };
  return { lines, logOf, messenger };
}

describe('the end of a check', () => {
  const concluded = async (at: Check, ending: Result) => {
    const { lines, logOf, messenger } = recorded();
    await publishResult(at, ending, messenger, logOf(at.teardownId), NOW_MS + 7_000);
    return lines;
  };
  const parked: Outcome = {
    kind: 'parked',
    reason: 'deadline',
    explanation: 'Too late.',
    nextStep: 'Check.',
  };

  it('in an outcome is a line before the outcome, with everything a person needs', async () => {
    const at = aCheck({ attempt: 3, domain: 'contoso.onmicrosoft.com' });
    expect(await concluded(at, finish(parked))).toEqual([
      {
        event: 'outcome',
        correlationId: 'teardown-1',
        kind: 'parked',
        reason: 'deadline',
        why: 'Too late.',
        checks: 4,
        ageMs: 7_000,
        nextStep: 'Check.',
        customerTenantId: CUSTOMER_ID,
        domain: 'contoso.onmicrosoft.com',
      },
      'an outcome is published',
    ]);
  });

  it('in an outcome that needs no person names no next step', async () => {
    const deleted = { kind: 'deleted', reason: 'released', explanation: 'Gone.' } as const;
    const [line] = await concluded(aCheck(), finish(deleted));
    expect(line).toMatchObject({ kind: 'deleted', nextStep: undefined });
  });

  it('in another check is a line before the check, with its delay and the reason', async () => {
    const waits = { kind: 'requeue', delayMs: 5_000, begun: true, why: 'Not yet.' } as const;
    expect(await concluded(aCheck(), waits)).toEqual([
      {
        event: 'check-scheduled',
        correlationId: 'teardown-1',
        why: 'Not yet.',
        checks: 1,
        delayMs: 5_000,
        begun: true,
        customerTenantId: CUSTOMER_ID,
      },
      'a check is scheduled',
    ]);
  });
});

describe('a check', () => {
  /** The clock goes on by a second each time it is read; the account proves to be no sandbox. */
  const deps = (messenger: Messenger, trouble?: Error): Teardown => {
    let nowMs = NOW_MS;
    return aTeardown({
      backoff: { ...BACKOFF, deadlineMs: 9_000 },
      peek: async () => [],
      startSpacingMs: 1_000,
      proveSandbox: async () => {
        if (trouble !== undefined) throw trouble;
        return 'No sandbox.';
      },
      messenger,
      partnerCenter: () =>
        ({ getCustomer: async () => customer }) as unknown as PartnerCenterReader &
          PartnerCenterWriter,
      nowMs: () => {
        nowMs += 1_000;
        return nowMs;
      },
    });
  };
  const request = { body: { customerTenantId: CUSTOMER_ID }, messageId: 'teardown-1' };

  it('says at its end how long it took', async () => {
    const { lines, logOf, messenger } = recorded();
    await takeRequest(request, deps(messenger), logOf);
    expect(lines).toEqual([
      expect.objectContaining({ event: 'outcome', reason: 'not-a-sandbox' }),
      'an outcome is published',
      { event: 'check', correlationId: 'teardown-1', checks: 1, tookMs: 3_000, failed: false },
    ]);
  });

  it('that throws says so, under the id that its check carries', async () => {
    const { lines, logOf, messenger } = recorded();
    const body = checkBodyOf(aCheck({ teardownId: 'other', attempt: 4 }));
    const running = takeCheck(
      { body, messageId: 'other:check:4' },
      deps(messenger, new TypeError('A bug.')),
      logOf,
    );
    await expect(running).rejects.toThrow('A bug.');
    expect(lines).toMatchObject([
      { event: 'check', correlationId: 'other', checks: 5, failed: true },
    ]);
  });

  it.each([
    ['request', takeRequest, 'not a request', 'malformed-message', 'Correct the message'],
    ['check', takeCheck, 'not a check', 'foreign-check', 'Check who else may send'],
  ] as const)(
    'never begins at a malformed %s, whose outcome is a line',
    async (_what, take, body, reason, nextStep) => {
      const { lines, logOf, messenger } = recorded();
      await take({ body, messageId: 'm' }, deps(messenger), logOf);
      expect(lines).toEqual([
        {
          event: 'outcome',
          correlationId: 'm',
          kind: 'rejected',
          reason,
          why: expect.any(String),
          checks: 1,
          ageMs: 0,
          nextStep: expect.stringContaining(nextStep),
        },
        'an outcome is published',
      ]);
    },
  );
});

describe('a dead letter', () => {
  const parkOne = async (body: unknown, remove: () => Promise<void>) => {
    const { lines, logOf, messenger } = recorded();
    const letter = {
      body,
      messageId: 'other:check:4',
      cause: { reason: 'MaxDeliveryCountExceeded', description: 'Ten times.' },
      remove,
    };
    const takeDeadLetters = async (queue: string) => (queue === 'checks' ? [letter] : []);
    await parkDeadLetters({ takeDeadLetters, messenger, nowMs: () => NOW_MS }, logOf);
    return lines;
  };
  const named = {
    queue: 'checks',
    messageId: 'other:check:4',
    cause: 'MaxDeliveryCountExceeded',
    description: 'Ten times.',
  };
  const check = checkBodyOf(aCheck({ teardownId: 'other', attempt: 4 }));

  it('is a line under the id of its teardown, once it is gone', async () => {
    expect(await parkOne(check, async () => undefined)).toEqual([
      'a check is scheduled',
      { event: 'dead-letter', correlationId: 'other', ...named },
    ]);
  });

  it('that cannot be read is a line under its own id', async () => {
    expect(await parkOne('?', async () => undefined)).toEqual([
      expect.objectContaining({ event: 'outcome', correlationId: 'other:check:4' }),
      'an outcome is published',
      { event: 'dead-letter', correlationId: 'other:check:4', ...named },
    ]);
  });

  it('that stays says why', async () => {
    const away = () => Promise.reject(new Error('Service Bus is away.'));
    expect(await parkOne(check, away)).toEqual([
      'a check is scheduled',
      {
        event: 'dead-letter-not-handled',
        correlationId: 'other',
        ...named,
        why: 'Service Bus is away.',
      },
    ]);
  });
});

describe('a sweep', () => {
  it('that requests nothing says in its line what to do next', async () => {
    const { lines, logOf } = recorded();
    const unasked = () => expect.unreachable('Partner Center was asked.');
    await sweep(
      {
        mode: 'off',
        rules: { include: ['*'], maxCustomers: 10 },
        protections: [],
        ...{ graceMs: 0, spacingMs: 0, minIdleMs: 0, maxPastDueMs: 0 },
        lastDueMs: () => NOW_MS,
        proveSandbox: async () => unasked(),
        messenger: { sendRequest: async () => undefined, publishSweep: async () => undefined },
        partnerCenter: unasked,
        nowMs: () => NOW_MS,
      },
      { isPastDue: false, nextMs: NOW_MS },
      logOf,
    );
    expect(lines).toMatchObject([
      {
        kind: 'refused',
        reason: 'switched-off',
        nextStep: expect.stringMatching(/^Set TEARDOWN_MODE/),
      },
    ]);
  });

  it('is a line for each of its events, and one for the customers that it counted', async () => {
    const { lines, logOf } = recorded();
    await sweep(
      {
        mode: 'enforce',
        rules: { include: ['*.test.example'], maxCustomers: 10 },
        protections: [],
        graceMs: 1_000,
        spacingMs: 1_000,
        minIdleMs: 3_600_000,
        maxPastDueMs: 0,
        lastDueMs: () => NOW_MS,
        proveSandbox: async () => undefined,
        messenger: { sendRequest: async () => undefined, publishSweep: async () => undefined },
        partnerCenter: (_id, log) => {
          const listCustomers = async () => [
            { id: CUSTOMER_ID, domain: 'a.test.example' },
            { id: 'b' },
          ];
          return countingCustomers({ listCustomers } as unknown as PartnerCenterReader, log);
        },
        nowMs: () => NOW_MS,
      },
      { isPastDue: false, nextMs: NOW_MS },
      logOf,
    );
    const correlationId = 'sweep-20261122T0200Z';
    const more =
      'Left out: 0 protected, 1 without a known domain. A customer with a purchase newer than PT1H when its turn comes is skipped.';
    expect(lines).toEqual([
      {
        event: 'customers-counted',
        correlationId,
        customers: 2,
        slots: 75,
      },
      {
        ...{ event: 'sweep', correlationId, kind: 'announced', reason: 'grace-period' },
        why: `1 of 2 customers will be requested, the first at 2026-11-22T02:00:01.000Z. ${more}`,
        customers: 1,
      },
      {
        ...{ event: 'sweep', correlationId, kind: 'completed', reason: 'requested' },
        why: `1 of 2 customers were requested. ${more}`,
        customers: 1,
      },
    ]);
  });
});
