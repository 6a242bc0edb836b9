import { describe, expect, it } from 'vitest';
import type { LogOf } from '../../src/teardown/log/log.ts';
import {
  CHECK_FORMAT,
  type Check,
  checkBodyOf,
  MAX_ATTEMPTS,
} from '../../src/teardown/model/check.ts';
import { checkIn, parseCheck } from '../../src/teardown/model/check-message.ts';
import { checkIdOf } from '../../src/teardown/model/message-ids.ts';
import type { Messenger, OutcomeAbout } from '../../src/teardown/model/messenger.ts';
import type { Outcome } from '../../src/teardown/model/outcome.ts';
import { parkDeadLetters } from '../../src/teardown/park-dead-letters.ts';
import { publishResult } from '../../src/teardown/reconcile/publish-result.ts';
import { requeueNow } from '../../src/teardown/reconcile/result.ts';
import { takeCheck } from '../../src/teardown/teardown.ts';
import { aTeardown } from '../support/a-teardown.ts';
import { aCheck, BACKOFF, DAY_MS, NOW_MS } from './builders.ts';

const NEWER = CHECK_FORMAT + 1;
const MINUTE_MS = 60_000;

/** A check as another version of the app sends it: one that has added a field, or one that says a thing otherwise. */
const newer = (fields: object, more: Partial<Check> = {}) => {
  const at = aCheck({ attempt: 3, begun: true, ...more });
  return {
    messageId: checkIdOf(at),
    body: { ...checkBodyOf(at), format: NEWER, ...fields },
  };
};
const otherwise = { request: { customers: ['one', 'two'] }, novel: { any: ['thing'] } };

/** What this version does with messages; none of it calls Partner Center. */
function app(nowMs = NOW_MS) {
  const sent: unknown[] = [];
  const events: { readonly about: OutcomeAbout; readonly outcome: Outcome }[] = [];
  const lines: string[] = [];
  const logOf: LogOf = (id) => (event, fields) =>
    void lines.push(`${id} ${event} ${'why' in fields ? fields.why : ''}`);
  const messenger: Messenger = {
    scheduleCheck: async (next) => void sent.push(checkBodyOf(next)),
    postponeCheck: async ({ attempt, postponedFrom, body }, delayMs) =>
      void sent.push({ ...body, attempt, postponedFrom, delayMs }),
    publishOutcome: async (about, outcome) => void events.push({ about, outcome }),
  };
  const teardown = aTeardown({
    nowMs: () => nowMs,
    messenger,
    backoff: { ...BACKOFF, deadlineMs: DAY_MS },
  });
  return { sent, events, lines, logOf, messenger, teardown };
}

describe('a check of a newer version, during a rollback,', () => {
  it('keeps what this version does not know, in every check that follows from it', async () => {
    const read = checkIn(newer({ novel: { any: ['thing'] } }), NOW_MS);
    if (!read.ok) throw new Error(read.message);
    const { sent, logOf, messenger } = app();
    const result = requeueNow({ begun: true }, 'Go on.');
    await publishResult(read.value, result, messenger, logOf('teardown-1'), NOW_MS);
    expect(sent).toMatchObject([{ format: NEWER, attempt: 4, novel: { any: ['thing'] } }]);
  });

  it('is read again by that version as it was, but for what has happened since', async () => {
    const came = newer({ novel: 1 }, { domain: 'contoso.onmicrosoft.com' });
    const read = checkIn(came, NOW_MS);
    expect(read.ok && checkBodyOf(read.value)).toEqual(came.body);
  });

  it('is told apart from what that version has added', () => {
    const { body } = newer({ novel: 1 });
    expect(parseCheck(body)).toStrictEqual({
      ok: true,
      value: aCheck({
        attempt: 3,
        begun: true,
        added: { format: NEWER, fields: { novel: 1 } },
      }),
    });
  });

  it('does not bring back progress that is over', async () => {
    const read = checkIn(newer({ novel: 1 }, { missing: true, domain: 'contoso.com' }), NOW_MS);
    if (!read.ok) throw new Error(read.message);
    const { sent, logOf, messenger } = app();
    const result = requeueNow({ begun: true }, 'Go on.');
    await publishResult(read.value, result, messenger, logOf('teardown-1'), NOW_MS);
    expect(sent).toMatchObject([{ novel: 1 }]);
    expect(sent[0]).not.toHaveProperty('missing');
    expect(sent[0]).not.toHaveProperty('domain');
  });

  it('that cannot be read is scheduled again as it came, and is told of under its own id', async () => {
    const { sent, events, lines, logOf, teardown } = app();
    const { body, messageId } = newer(otherwise);
    await takeCheck({ body, messageId }, teardown, logOf);
    expect(sent).toEqual([{ ...body, attempt: 4, postponedFrom: 3, delayMs: 5 * MINUTE_MS }]);
    expect(events).toMatchObject([
      {
        about: { teardownId: 'teardown-1:check:3' },
        outcome: {
          kind: 'rejected',
          reason: 'newer-check',
          explanation: expect.stringContaining(
            'dropped the true check of the teardown "teardown-1"',
          ),
          nextStep: expect.stringContaining('deploy the newer one again'),
          possiblyDisplaced: 'teardown-1',
          received: expect.stringContaining('"novel":{"any":["thing"]}'),
        },
      },
    ]);
    expect(lines).toEqual([
      expect.stringContaining('teardown-1:check:3 outcome'),
      expect.stringContaining('teardown-1 check-postponed The check is in the format of a newer'),
    ]);
  });

  it('is told of under the same id however often it is scheduled again', async () => {
    const { sent, events, logOf, teardown } = app();
    let { body, messageId } = newer(otherwise);
    for (const attempt of [4, 5, 6]) {
      await takeCheck({ body, messageId }, teardown, logOf);
      body = sent.at(-1) as typeof body;
      messageId = `teardown-1:check:${attempt}`;
    }
    const names = events.map(({ about }) => about.teardownId);
    expect(names).toEqual(['teardown-1:check:3', 'teardown-1:check:3', 'teardown-1:check:3']);
  });

  it.each([0, 4, '1', null, 1.5, {}])(
    'is told of under its own number where it says that it was postponed from %j',
    async (postponedFrom) => {
      const { sent, events, logOf, teardown } = app();
      await takeCheck(newer({ ...otherwise, postponedFrom }), teardown, logOf);
      expect(events).toMatchObject([{ about: { teardownId: 'teardown-1:check:3' } }]);
      expect(sent).toMatchObject([{ attempt: 4, postponedFrom: 3 }]);
    },
  );

  it('is read by that version without what this one has added', async () => {
    const { sent, logOf, teardown } = app();
    await takeCheck(newer(otherwise), teardown, logOf);
    const readable = { ...newer({}).body, format: CHECK_FORMAT, attempt: 4 };
    const postponed = {
      ...readable,
      postponedFrom: (sent[0] as { postponedFrom: 3 }).postponedFrom,
    };
    expect(parseCheck(postponed)).toStrictEqual(parseCheck(readable));
    expect(parseCheck({ ...postponed, format: NEWER, novel: 1 })).toStrictEqual(
      parseCheck({ ...readable, format: NEWER, novel: 1 }),
    );
  });

  it.each([
    ['at its deadline', DAY_MS, 3],
    ['where no next check could have a number', 0, MAX_ATTEMPTS],
  ])('ends its teardown %s, where that version never comes back', async (_when, ageMs, attempt) => {
    const { sent, events, lines, logOf, teardown } = app(NOW_MS + ageMs);
    await takeCheck(newer(otherwise, { attempt }), teardown, logOf);
    expect(sent).toEqual([]);
    expect(events).toMatchObject([
      { about: { teardownId: `teardown-1:check:${attempt}` }, outcome: { reason: 'newer-check' } },
      {
        about: { teardownId: 'teardown-1', startedMs: NOW_MS, checks: attempt + 1 },
        outcome: {
          kind: 'parked',
          reason: 'newer-version',
          nextStep: expect.stringContaining('request the teardown again under a new MessageId'),
        },
      },
    ]);
    expect(lines.at(-1)).toContain('teardown-1 outcome');
  });

  it('is scheduled again up to that deadline', async () => {
    const { sent, logOf, teardown } = app(NOW_MS + DAY_MS - 1);
    await takeCheck(newer(otherwise), teardown, logOf);
    expect(sent).toHaveLength(1);
  });

  const deadLetterOf = async (message: ReturnType<typeof newer>, nowMs = NOW_MS) => {
    const all = app(nowMs);
    let isRemoved = false;
    const letter = {
      ...message,
      cause: { reason: 'MaxDeliveryCountExceeded' },
      remove: async () => {
        isRemoved = true;
      },
    };
    const takeDeadLetters = async (queue: string) => (queue === 'checks' ? [letter] : []);
    const deps = { takeDeadLetters, messenger: all.teardown.messenger, nowMs: () => nowMs };
    await parkDeadLetters(deps, all.logOf);
    return { ...all, isRemoved };
  };

  // However old: it may have a successor, which duplicate detection then keeps.
  it.each([0, 8 * DAY_MS])(
    'that is a dead letter goes on under the next number, and is removed: %d ms old',
    async (ageMs) => {
      const message = newer(otherwise);
      const { sent, events, lines, isRemoved } = await deadLetterOf(message, NOW_MS + ageMs);
      expect(isRemoved).toBe(true);
      expect(sent).toMatchObject([{ ...message.body, attempt: 4, postponedFrom: 3 }]);
      expect(events).toMatchObject([{ outcome: { reason: 'newer-check' } }]);
      expect(lines.at(-1)).toContain('teardown-1 dead-letter ');
    },
  );

  it('that is a dead letter with the last number ends its teardown', async () => {
    const message = newer(otherwise, { attempt: MAX_ATTEMPTS });
    const { sent, events, isRemoved } = await deadLetterOf(message);
    expect([sent, isRemoved]).toEqual([[], true]);
    expect(events).toMatchObject([
      { outcome: { reason: 'newer-check' } },
      { about: { teardownId: 'teardown-1' }, outcome: { reason: 'newer-version' } },
    ]);
  });
});

describe('a message that only claims to be of a newer version', () => {
  it.each<[string, object, string]>([
    ['without a name', { ...otherwise, teardownId: '' }, 'teardown-1:check:3'],
    ['without a time', { ...otherwise, startedAt: 'yesterday' }, 'teardown-1:check:3'],
    ['under the name of another check', otherwise, 'teardown-1:check:4'],
    ['too large to be sent again', { novel: 'x'.repeat(128 * 1024) }, 'teardown-1:check:3'],
    ['too large in bytes', { ...otherwise, novel: 'é'.repeat(64 * 1024) }, 'teardown-1:check:3'],
  ])('%s is a foreign check', async (_what, fields, messageId) => {
    const { sent, events, logOf, teardown } = app();
    await takeCheck({ ...newer(fields), messageId }, teardown, logOf);
    expect(sent).toEqual([]);
    expect(events).toMatchObject([{ outcome: { kind: 'rejected', reason: 'foreign-check' } }]);
  });

  it.each([0, -1, 1.5, 2.5, '2', null, 1e300, CHECK_FORMAT])(
    'by the format %j is read as this version’s own, in which nothing is unknown',
    (format) => {
      expect(
        checkIn({ ...newer({ novel: 1 }), body: { ...newer({}).body, novel: 1, format } }, NOW_MS),
      ).toStrictEqual({ ok: false, message: expect.any(String) });
    },
  );

  it('and does not name its teardown is a foreign check, not a newer one', () => {
    expect(parseCheck({ ...newer(otherwise).body, teardownId: '' })).toStrictEqual({
      ok: false,
      message: expect.any(String),
    });
  });
});

describe('a check of format 2', () => {
  it('is read without its number of rate-limited checks, which nothing goes by any more', () => {
    const at = aCheck({ attempt: 3 });
    const body = { ...checkBodyOf(at), format: 2, rateLimited: 2 };
    const read = checkIn({ body, messageId: 'teardown-1:check:3' }, NOW_MS);
    expect(read).toStrictEqual({ ok: true, value: at });
  });
});

describe('a check from before there were formats', () => {
  it('is read as one of the first', () => {
    const { format: _none, ...body } = checkBodyOf(aCheck({ attempt: 3 }));
    const read = checkIn({ body, messageId: 'teardown-1:check:3' }, NOW_MS);
    expect(read).toStrictEqual({ ok: true, value: aCheck({ attempt: 3 }) });
  });
});
