import { describe, expect, it } from 'vitest';
import { type Check, checkBodyOf, MAX_ATTEMPTS } from '../../src/teardown/model/check.ts';
import type { QueueName } from '../../src/teardown/model/incoming-message.ts';
import { checkIdOf } from '../../src/teardown/model/message-ids.ts';
import type { Outcome } from '../../src/teardown/model/outcome.ts';
import { MAX_DEAD_LETTERS_PER_RUN, parkDeadLetters } from '../../src/teardown/park-dead-letters.ts';
import { silentMessenger } from '../support/a-teardown.ts';
import { aCheck, CUSTOMER_ID, NOW_MS } from './builders.ts';

interface Letter {
  readonly queue: QueueName;
  readonly messageId: string;
  readonly body: unknown;
}

const cause = { reason: 'MaxDeliveryCountExceeded' };
const request = {
  queue: 'requests',
  messageId: 'r',
  body: { customerTenantId: CUSTOMER_ID },
} as const;
const check = (more: Partial<Check>) =>
  ({
    queue: 'checks',
    messageId: 'teardown-1:check:4',
    body: checkBodyOf(aCheck({ attempt: 4, begun: true, ...more })),
  }) as const;

async function park(
  letters: readonly Letter[],
  fails: (messageId: string) => boolean = () => false,
) {
  const checks: Check[] = [];
  const outcomes: { teardownId: string; outcome: Outcome }[] = [];
  const removed: string[] = [];
  const warnings: string[] = [];
  const guard = (id: string) => {
    if (fails(id)) throw new Error('Service Bus is away.');
  };
  await parkDeadLetters(
    {
      takeDeadLetters: async (queue, maxCount) =>
        letters
          .filter((letter) => letter.queue === queue)
          .slice(0, maxCount)
          .map((letter) => ({
            ...letter,
            cause,
            remove: async () => void removed.push(letter.messageId),
          })),
      messenger: {
        scheduleCheck: async (next) => {
          guard(next.teardownId);
          checks.push(next);
        },
        postponeCheck: async () => undefined,
        publishOutcome: async ({ teardownId }, outcome) => {
          guard(teardownId);
          outcomes.push({ teardownId, outcome });
        },
      },
      nowMs: () => NOW_MS,
    },
    (correlationId) => (event, fields) => {
      warnings.push(JSON.stringify({ event, correlationId, ...fields }));
    },
  );
  return { checks, outcomes, removed, warnings };
}

describe('a dead letter', () => {
  it('that was a request continues as the first check of its own chain, which ends it', async () => {
    const { checks, outcomes, removed } = await park([request]);
    expect(checks).toMatchObject([
      { teardownId: 'r', attempt: 1, begun: false, deadLetter: cause, startedMs: NOW_MS },
    ]);
    expect([outcomes, removed]).toEqual([[], ['r']]);
  });

  it('that was a check continues as the one after it', async () => {
    const { checks, removed } = await park([check({ domain: 'x.onmicrosoft.com' })]);
    expect(checks).toMatchObject([
      {
        teardownId: 'teardown-1',
        attempt: 5,
        begun: true,
        domain: 'x.onmicrosoft.com',
        deadLetter: cause,
      },
    ]);
    expect(removed).toEqual(['teardown-1:check:4']);
  });

  it('that should have ended its teardown is parked without another check', async () => {
    const { checks, outcomes } = await park([check({ deadLetter: { reason: 'before' } })]);
    expect(checks).toEqual([]);
    expect(outcomes).toMatchObject([
      { teardownId: 'teardown-1', outcome: { kind: 'parked', reason: 'dead-lettered' } },
    ]);
  });

  it('without a valid number for its next check is parked at once', async () => {
    const last = aCheck({ attempt: MAX_ATTEMPTS, begun: true });
    const letter = {
      queue: 'checks',
      messageId: checkIdOf(last),
      body: checkBodyOf(last),
    } as const;
    const { checks, outcomes, removed } = await park([letter]);
    expect(checks).toEqual([]);
    expect(outcomes).toMatchObject([
      { teardownId: 'teardown-1', outcome: { kind: 'parked', reason: 'dead-lettered' } },
    ]);
    expect(removed).toEqual([letter.messageId]);
  });

  it.each([
    ['requests', 'malformed-message'],
    ['checks', 'foreign-check'],
  ] as const)(
    'of the queue %s that cannot be read is rejected under its own name',
    async (queue, reason) => {
      const { outcomes, removed } = await park([{ queue, messageId: 'odd', body: 'noise' }]);
      expect(outcomes).toMatchObject([
        { teardownId: 'odd', outcome: { kind: 'rejected', reason } },
      ]);
      expect(removed).toEqual(['odd']);
    },
  );

  it('that is a check under an id that is not its own ends no teardown', async () => {
    const { checks, outcomes } = await park([{ ...check({}), messageId: 'victim-1:check:1' }]);
    expect(checks).toEqual([]);
    expect(outcomes).toMatchObject([
      {
        teardownId: 'victim-1:check:1',
        outcome: { reason: 'foreign-check', possiblyDisplaced: 'victim-1' },
      },
    ]);
  });

  it('that cannot be handled stays, and the others do not wait for it', async () => {
    const { checks, removed, warnings } = await park(
      [request, { ...request, messageId: 'r2' }, check({})],
      (id) => id === 'r',
    );
    expect(checks.map(({ teardownId }) => teardownId)).toEqual(['r2', 'teardown-1']);
    expect(removed).toEqual(['r2', 'teardown-1:check:4']);
    expect(warnings[0]).toContain('Service Bus is away.');
  });

  it('is one of at maxCount so many in a run', async () => {
    const many = Array.from({ length: MAX_DEAD_LETTERS_PER_RUN + 1 }, (_, index) => ({
      ...request,
      messageId: `r${index}`,
    }));
    expect((await park(many)).removed).toHaveLength(MAX_DEAD_LETTERS_PER_RUN);
  });
});

it('a dead letter that cannot even be read does not keep the others', async () => {
  const removed: string[] = [];
  const events: string[] = [];
  const letters = [request, { ...request, messageId: 'other' }].map(({ messageId, body }) => ({
    messageId,
    cause,
    get body() {
      if (messageId === request.messageId) throw new Error('It cannot be read.');
      return body;
    },
    remove: async () => void removed.push(messageId),
  }));
  await parkDeadLetters(
    {
      takeDeadLetters: async (queue) => (queue === 'requests' ? letters : []),
      messenger: silentMessenger,
      nowMs: () => NOW_MS,
    },
    (id) => (event) => void events.push(`${id} ${event}`),
  );
  expect(removed).toEqual(['other']);
  expect(events).toEqual([`${request.messageId} dead-letter-not-handled`, 'other dead-letter']);
});

it('a queue of dead letters that cannot be received does not keep the other from being looked at', async () => {
  const events: string[] = [];
  const letter = { ...check({}), cause, remove: async () => undefined };
  const run = parkDeadLetters(
    {
      takeDeadLetters: async (queue) => {
        if (queue === 'requests') throw new Error('The queue is away.');
        return [letter];
      },
      messenger: {
        scheduleCheck: async () => undefined,
        postponeCheck: async () => undefined,
        publishOutcome: async () => undefined,
      },
      nowMs: () => NOW_MS,
    },
    (id) => (event) => void events.push(`${id} ${event}`),
  );
  await expect(run).rejects.toThrow('The queue is away.');
  expect(events).toEqual(['teardown-1 dead-letter']);
});
