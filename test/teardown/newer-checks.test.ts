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
import type { Messenger } from '../../src/teardown/model/messenger.ts';
import { parkDeadLetters } from '../../src/teardown/park-dead-letters.ts';
import { MAX_POSTPONED_MS } from '../../src/teardown/reconcile/postpone-check.ts';
import { publishResult } from '../../src/teardown/reconcile/publish-result.ts';
import { requeueNow } from '../../src/teardown/reconcile/result.ts';
import { takeCheck } from '../../src/teardown/teardown.ts';
import { aTeardown } from '../support/a-teardown.ts';
import { aCheck, NOW_MS } from './builders.ts';

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
  const lines: string[] = [];
  const logOf: LogOf = (id) => (event, fields) =>
    void lines.push(`${id} ${event} ${'why' in fields ? fields.why : ''}`);
  const messenger: Messenger = {
    scheduleCheck: async (next) => void sent.push(checkBodyOf(next)),
    postponeCheck: async ({ attempt, body }, delayMs) =>
      void sent.push({ ...body, attempt, delayMs }),
    publishOutcome: async (_about, outcome) => void sent.push(outcome),
  };
  const teardown = aTeardown({ nowMs: () => nowMs, messenger });
  return { sent, lines, logOf, messenger, teardown };
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

  it('that cannot be read is scheduled again as it came, and no outcome says that it has ended', async () => {
    const { sent, lines, logOf, teardown } = app();
    const { body, messageId } = newer(otherwise);
    await takeCheck({ body, messageId }, teardown, logOf);
    expect(sent).toEqual([{ ...body, attempt: 4, delayMs: 5 * MINUTE_MS }]);
    expect(lines).toEqual([
      expect.stringContaining('teardown-1 check-postponed The check is of a newer'),
    ]);
  });

  it('becomes a dead letter, which stays, where that version never comes back', async () => {
    const { sent, logOf, teardown } = app(NOW_MS + MAX_POSTPONED_MS);
    const { body, messageId } = newer(otherwise);
    await expect(takeCheck({ body, messageId }, teardown, logOf)).rejects.toThrow(
      'Deploy that version',
    );
    expect(sent).toEqual([]);
    const before = app(NOW_MS + MAX_POSTPONED_MS - 1);
    await takeCheck({ body, messageId }, before.teardown, before.logOf);
    expect(before.sent).toHaveLength(1);
  });

  it('becomes one too where no next check could have a number', async () => {
    const { logOf, teardown } = app();
    const { body, messageId } = newer(otherwise, { attempt: MAX_ATTEMPTS });
    await expect(takeCheck({ body, messageId }, teardown, logOf)).rejects.toThrow(
      'Deploy that version',
    );
  });

  it('that is a dead letter is left alone', async () => {
    const { sent, lines, logOf, messenger } = app();
    let isRemoved = false;
    const letter = {
      ...newer(otherwise),
      cause: { reason: 'MaxDeliveryCountExceeded' },
      remove: async () => {
        isRemoved = true;
      },
    };
    const takeDeadLetters = async (queue: string) => (queue === 'checks' ? [letter] : []);
    await parkDeadLetters({ takeDeadLetters, messenger, nowMs: () => NOW_MS }, logOf);
    expect(isRemoved).toBe(false);
    expect(sent).toEqual([]);
    expect(lines).toEqual([
      expect.stringContaining('dead-letter-not-handled It is a check of a newer'),
    ]);
  });
});

describe('a message that only claims to be of a newer version', () => {
  it.each<[string, object, string]>([
    ['without a name', { ...otherwise, teardownId: '' }, 'teardown-1:check:3'],
    ['without a time', { ...otherwise, startedAt: 'yesterday' }, 'teardown-1:check:3'],
    ['under the name of another check', otherwise, 'teardown-1:check:4'],
  ])('%s is a foreign check', async (_what, fields, messageId) => {
    const { sent, logOf, teardown } = app();
    await takeCheck({ ...newer(fields), messageId }, teardown, logOf);
    expect(sent).toMatchObject([{ kind: 'rejected', reason: 'foreign-check' }]);
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
