import { describe, expect, it } from 'vitest';
import { withAccepted } from '../../../src/teardown/model/accepted-calls.ts';
import type { Check } from '../../../src/teardown/model/check.ts';
import { checkBodyOf } from '../../../src/teardown/model/check.ts';
import { checkIn, parseCheck } from '../../../src/teardown/model/check-message.ts';
import { aCheck, CUSTOMER_ID, NOW_MS } from '../builders.ts';

const bare = aCheck({ attempt: 1 });
const unanswered = {
  call: 'PATCH /customers/c/orders/o',
  requestId: '11111111-2222-3333-4444-555555555555',
};
const aWait = { kind: 'order', id: 'order-1', state: 'pending' } as const;
const whole = aCheck({
  attempt: 7,
  begun: true,
  domain: 'contoso.onmicrosoft.com',
  missing: true,
  changed: `v2:sha256:${'a'.repeat(64)}`,
  delays: 2,
  acceptedCalls: { 'azure-1': new Date(NOW_MS).toISOString() },
  waitsFor: [
    { ...aWait, hasNextCall: true },
    { ...aWait, kind: 'subscription' },
    { ...aWait, kind: 'azure-plan' },
  ],
  readAllAt: new Date(NOW_MS).toISOString(),
  unanswered,
  deadLetter: { reason: 'MaxDeliveryCountExceeded', description: 'Ten times.' },
  request: { customerTenantId: CUSTOMER_ID, requestedBy: 'Ada', dryRun: true },
});

const ids = (count: number) => Array.from({ length: count }, (_, index) => `azure-${index}`);
const waitFor = (more: object) => ({ waitsFor: [{ ...aWait, ...more }] });
const waits = (count: number) => Array.from({ length: count }, () => aWait);
const cancelledAt = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, new Date(NOW_MS).toISOString()]));

describe('a check message', () => {
  it.each<[string, Check]>([
    ['a first check', bare],
    ['all there is', whole],
    [
      'a reviewed plan, and what was written of it',
      aCheck({
        attempt: 1,
        begun: true,
        plan: ['0'.repeat(32), 'f'.repeat(32)],
        written: ['PATCH'],
      }),
    ],
  ])('comes back from JSON as the check that it was made of: %s', (_name, at) => {
    const body: unknown = JSON.parse(JSON.stringify(checkBodyOf(at)));
    expect(parseCheck(body)).toStrictEqual({ ok: true, value: at });
    expect(parseCheck(checkBodyOf(at))).toStrictEqual({ ok: true, value: at });
  });

  it('holds only what it has to', () => {
    expect(Object.keys(checkBodyOf(bare)).toSorted()).toEqual([
      'attempt',
      'begun',
      'format',
      'request',
      'startedAt',
      'teardownId',
    ]);
  });

  it('leaves out the name of an unanswered call that is too long for it', () => {
    const call = (length: number) =>
      aCheck({ attempt: 1, unanswered: { ...unanswered, call: 'x'.repeat(length) } });
    expect(checkBodyOf(call(1_000))).toHaveProperty('unanswered');
    expect(checkBodyOf(call(1_001))).not.toHaveProperty('unanswered');
  });

  it.each<[string, object]>([
    ['an unknown field', { more: 1 }],
    ['a check before the first', { attempt: 0 }],
    ['half a check', { attempt: 1.5 }],
    ['too many checks', { attempt: 100_001 }],
    ['no name', { teardownId: '' }],
    ['a name that is too long', { teardownId: 'x'.repeat(129) }],
    ['no time', { startedAt: 'yesterday' }],
    ['a time whose zone is none', { startedAt: '2026-11-22T01:02:03+05' }],
    ['a time that cannot be written again', { startedAt: '9999-12-31T23:59:59-23:00' }],
    ['a day that no month has', { startedAt: '2026-02-30T01:02:03.000Z' }],
    ['a time in another form than ours', { startedAt: '2026-11-22T01:02:03Z' }],
    ['a time before there was any', { startedAt: '1969-12-31T23:59:59Z' }],
    ['a day that there is not', { startedAt: '2026-13-45T01:02:03Z' }],
    ['an empty domain', { domain: '' }],
    ['nothing missing', { missing: false }],
    ['a fingerprint that is none', { changed: `v2:sha256:${'a'.repeat(63)}` }],
    ['a request id that is none', { unanswered: { ...unanswered, requestId: 'x\r\ny' } }],
    ['a call that is too long', { unanswered: { ...unanswered, call: 'x'.repeat(1_001) } }],
    ['no delay', { delays: 0 }],
    ['half a delay', { delays: 0.5 }],
    ['too many delays', { attempt: 100_000, delays: 100_001 }],
    ['more delays than checks', { attempt: 7, delays: 8 }],
    ['a cancellation at no time', { acceptedCalls: { a: 'yesterday' } }],
    ['a cancellation of too long a name', { acceptedCalls: cancelledAt('x'.repeat(201)) }],
    ['too many cancellations', { acceptedCalls: cancelledAt(...ids(201)) }],
    ['a wait for what is none', waitFor({ kind: 'customer' })],
    ['a wait for no id', waitFor({ id: '' })],
    ['a wait for too long an id', waitFor({ id: 'x'.repeat(201) })],
    ['a wait for an id that leads elsewhere', waitFor({ id: '..' })],
    ['a wait for an id that leads nowhere', waitFor({ id: '.' })],
    ['a wait for an id of two parts', waitFor({ id: 'a/b' })],
    ['a wait for an id of half a character', waitFor({ id: 'a\ud800' })],
    ['a wait without a state', waitFor({ state: '' })],
    ['a wait of too long a state', waitFor({ state: 'x'.repeat(101) })],
    ['a wait that has no next call, and says so', waitFor({ hasNextCall: false })],
    ['a wait with an unknown field', waitFor({ more: 1 })],
    ['no waits', { waitsFor: [] }],
    ['too many waits', { waitsFor: waits(51) }],
    ['a reading at no time', { readAllAt: 'later' }],
    ['a request that is none', { request: {} }],
  ])('with %s is refused', (_name, more) => {
    expect(parseCheck({ ...checkBodyOf(bare), ...more })).toMatchObject({ ok: false });
  });

  it.each<[string, object]>([
    ['the first time there is', { startedAt: '1970-01-01T00:00:00.000Z' }],
    ['the last time there is', { startedAt: '9999-12-31T23:59:59.999Z' }],
    ['the last check there can be', { attempt: 100_000 }],
    ['the most delays', { attempt: 100_000, delays: 100_000 }],
    ['a delay after every check', { attempt: 7, delays: 7 }],
    ['one delay', { delays: 1 }],
    ['the longest name', { teardownId: 'x'.repeat(128) }],
    ['the most cancellations', { acceptedCalls: cancelledAt(...ids(200)) }],
    ['a wait for an id that ends with a dot', waitFor({ id: 'a.' })],
    ['a wait for an id that begins with two', waitFor({ id: '..a' })],
    ['the most waits', { waitsFor: waits(50) }],
    [
      'a wait of the longest id and state',
      waitFor({ id: 'x'.repeat(200), state: 'x'.repeat(100) }),
    ],
    ['a cancellation of the longest name', { acceptedCalls: cancelledAt('x'.repeat(200)) }],
  ])('with %s is taken', (_name, more) => {
    expect(parseCheck({ ...checkBodyOf(bare), ...more })).toMatchObject({ ok: true });
  });

  it('whose request is not an object says that it must be one', () => {
    expect(parseCheck({ ...checkBodyOf(bare), request: 7 })).toEqual({
      ok: false,
      message: expect.stringMatching(
        /not one of them: A teardown request must be a JSON object\.$/,
      ),
    });
  });

  it('that is not one is refused with a message of bounded length', () => {
    const parsed = parseCheck({ ...checkBodyOf(bare), ['x'.repeat(5_000)]: 1 });
    const start =
      "The queue teardown-checks is for this app's own messages, and this is not one of them: ";
    expect(parsed).toEqual({ ok: false, message: expect.stringContaining(start) });
    expect(JSON.stringify(parsed).length).toBeLessThan(start.length + 300);
    expect(parseCheck('x')).toEqual({
      ok: false,
      message: expect.stringMatching(/not one of them: .{10,}/),
    });
  });
});

describe('a message that is not a check of this app', () => {
  const body = checkBodyOf(bare);
  const messageId = 'teardown-1:check:1';
  const early = checkBodyOf({ ...bare, startedMs: NOW_MS + 3_600_000 });
  const refused = (why: string) => ({
    ok: false,
    message: `The queue teardown-checks is for this app's own messages, and this is not one of them: ${why}`,
  });

  it.each([
    ['its begin', { body: early, messageId }, 'Its teardown begins in the future.'],
    ['its name', { body, messageId: 'x' }, 'Its MessageId should be "teardown-1:check:1".'],
    [
      'what it counts',
      { body: { ...body, delays: 2 }, messageId },
      'It counts more delays than checks.',
    ],
    ['its bytes', { body, messageId, bodyProblem: 'It is no JSON.' }, 'It is no JSON.'],
  ])('is refused by %s, with a message', (_what, message, why) => {
    expect(checkIn(message, NOW_MS)).toStrictEqual(refused(why));
  });

  it.each([null, undefined, 7, true, 'x', []])('is refused where its body is %j', (other) => {
    expect(parseCheck(other)).toStrictEqual({ ok: false, message: expect.any(String) });
  });
});

describe('a check whose teardown begins later than now', () => {
  it.each([
    [5 * 60_000, true],
    [5 * 60_000 + 1, false],
  ])('by %d ms is accepted: %s', (aheadMs, ok) => {
    const body = checkBodyOf({ ...bare, startedMs: NOW_MS + aheadMs });
    expect(checkIn({ body, messageId: 'teardown-1:check:1' }, NOW_MS).ok).toBe(ok);
  });
});

describe('what a check says was accepted', () => {
  it.each([
    ['as the teardown began', NOW_MS - 3_600_000, true],
    ['before that, by another clock', NOW_MS - 3_900_000, true],
    ['longer before that', NOW_MS - 3_900_001, false],
    ['later than now, by another clock', NOW_MS + 300_000, true],
    ['later than that', NOW_MS + 300_001, false],
  ])('%s is believed as far as it can be true', (_when, ms, isBelieved) => {
    const at = new Date(ms).toISOString();
    const check = { ...bare, startedMs: NOW_MS - 3_600_000 };
    const body = checkBodyOf({ ...check, acceptedCalls: { 'order-1': at } });
    expect(checkIn({ body, messageId: 'teardown-1:check:1' }, NOW_MS)).toStrictEqual({
      ok: true,
      value: { ...check, ...(isBelieved && { acceptedCalls: { 'order-1': at } }) },
    });
  });
});

describe('the Azure subscriptions that a teardown has cancelled', () => {
  const at = (ms: number) => new Date(ms).toISOString();

  it('are kept with their newest times, and no more of them than a message holds: the newest', () => {
    const kept = withAccepted({ first: at(1) }, [...ids(199), 'first'], 2);
    expect(Object.keys(kept ?? {})).toHaveLength(200);
    expect(kept).toMatchObject({ first: at(2), 'azure-0': at(2) });
    const more = withAccepted({ ...kept, 'azure-0': at(1) }, ['one more'], 3) ?? {};
    expect(Object.keys(more)).toHaveLength(200);
    expect(more).toMatchObject({ 'one more': at(3), first: at(2) });
    expect(more).not.toHaveProperty('azure-0');
  });

  it('are none where none was cancelled', () => {
    expect(withAccepted(undefined, [], 1)).toBeUndefined();
  });
});
