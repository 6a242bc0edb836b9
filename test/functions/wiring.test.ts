import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createContainer } from '../../src/functions/container.ts';
import { readSettings } from '../../src/settings/settings.ts';
import { SHARE_PLANNED, startSpacingMs } from '../../src/teardown/reconcile/start-spacing.ts';
import { type Sent, wholeApp } from '../security/whole-app.ts';
import { customerId, playAccount, settings } from './played-account.ts';

const NOW_MS = Date.UTC(2026, 10, 27, 2);

beforeEach(() => void vi.useFakeTimers({ now: NOW_MS, toFake: ['Date'] }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const requestsIn = (sent: readonly Sent[]) =>
  sent.filter(({ entity }) => entity === 'teardown-requests').map(({ message }) => message);
const eventsIn = (sent: readonly Sent[]) =>
  sent.filter(({ entity }) => entity === 'teardown-outcomes').map(({ message }) => message);

/** The run that is due now, or another. */
async function sweepOf(
  customers: number,
  more: Readonly<Record<string, string>>,
  timer: object = { scheduleStatus: { next: new Date(NOW_MS).toISOString() } },
) {
  playAccount(customers);
  const app = wholeApp({ ...settings, ...more });
  await app.run('nightlySweep', timer);
  expect(app.thrown).toEqual([]);
  return { requests: requestsIn(app.sent), events: eventsIn(app.sent) };
}

describe('the nightly sweep', () => {
  it('announces what it will do, and waits for SWEEP_GRACE before the first request', async () => {
    const { requests, events } = await sweepOf(1, { SWEEP_GRACE: 'PT90M' });
    expect(events.map(({ subject }) => subject)).toEqual(['announced', 'completed']);
    const dueMs = requests.map(({ scheduledEnqueueTimeUtc }) => scheduledEnqueueTimeUtc?.getTime());
    expect(dueMs).toEqual([NOW_MS + 90 * 60_000]);
  });

  it('spaces its requests, as PARTNER_CENTER_REQUESTS_PER_MINUTE requires', async () => {
    const { requests } = await sweepOf(3, { PARTNER_CENTER_REQUESTS_PER_MINUTE: '100' });
    const dueMs = requests.map(
      ({ scheduledEnqueueTimeUtc }) => scheduledEnqueueTimeUtc?.getTime() ?? NOW_MS,
    );
    const apartMs = startSpacingMs(100, SHARE_PLANNED.sweep);
    expect(apartMs).toBeGreaterThan(6_000);
    expect(dueMs).toEqual([NOW_MS, NOW_MS + apartMs, NOW_MS + 2 * apartMs]);
  });

  it('requests nothing where more customers match than SWEEP_MAX_CUSTOMERS', async () => {
    const enough = await sweepOf(3, { SWEEP_MAX_CUSTOMERS: '3' });
    expect(enough.requests).toHaveLength(3);
    const tooMany = await sweepOf(4, { SWEEP_MAX_CUSTOMERS: '3' });
    expect(tooMany.requests).toEqual([]);
    expect(tooMany.events).toMatchObject([
      { subject: 'refused', body: { data: { reason: 'too-many-matches' } } },
    ]);
  });
});

describe('the time of the nightly sweep', () => {
  const named = async (
    atMs: number,
    more: Readonly<Record<string, string>> = {},
    timer?: object,
  ) => {
    vi.setSystemTime(atMs);
    const { requests, events } = await sweepOf(1, more, timer);
    return { ids: requests.map(({ messageId }) => messageId), events };
  };

  it('is that of SWEEP_SCHEDULE, even if the host fires it early at midnight', async () => {
    const midnightMs = Date.UTC(2026, 10, 27);
    const timer = { scheduleStatus: { next: '2026-11-27T00:00:00+00:00' } };
    const { ids } = await named(midnightMs - 3, { SWEEP_SCHEDULE: '0 0 0 * * *' }, timer);
    expect(ids).toEqual([`sweep-20261127T0000Z-${customerId(0)}`]);
  });

  it('may be past by at most SWEEP_MAX_PAST_DUE', async () => {
    const timer = { isPastDue: true, scheduleStatus: { next: '2026-11-20T02:00:00+00:00' } };
    const late = (ms: number) => named(NOW_MS + ms, { SWEEP_MAX_PAST_DUE: 'PT2H' }, timer);
    expect((await late(7_200_000)).ids).toEqual([`sweep-20261127T0200Z-${customerId(0)}`]);
    const { ids, events } = await late(7_200_001);
    expect(ids).toEqual([]);
    expect(events).toMatchObject([{ subject: 'refused', body: { data: { reason: 'past-due' } } }]);
  });

  it('is the current time for a run by hand', async () => {
    const timer = { scheduleStatus: { next: '2026-11-28T02:00:00+00:00' } };
    const { ids } = await named(NOW_MS + 12 * 3_600_000 + 5_000, {}, timer);
    expect(ids).toEqual([`sweep-by-hand-20261127T140005000Z-${customerId(0)}`]);
  });
});

describe('a teardown that a sweep announced', () => {
  const announced = { TEARDOWN_MODE: 'dry-run', SWEEP_GRACE: 'PT1H', SWEEP_MIN_IDLE: 'PT6H' };

  /** How the request ends under other settings, when its grace has ended. */
  async function endsWith(then: Readonly<Record<string, string>>) {
    const { requests } = await sweepOf(1, announced);
    const [{ body, messageId } = { body: undefined, messageId: undefined }] = requests;
    expect(body).toMatchObject({ minIdle: 'PT6H', expectedDomain: 'x.onmicrosoft.com' });
    vi.setSystemTime(NOW_MS + 3_600_000);
    const account = playAccount(1);
    const app = wholeApp({ ...settings, ...then });
    await app.run('cancelOrders', body, { messageId: String(messageId) });
    for (
      let check = app.sent.at(-1);
      check?.entity === 'teardown-checks';
      check = app.sent.at(-1)
    ) {
      await app.run('deleteCustomer', JSON.parse(JSON.stringify(check.message.body)));
    }
    expect(app.thrown).toEqual([]);
    const { subject, body: event } = app.sent.at(-1)?.message ?? {};
    return { end: `${subject} ${event.data.reason}`, writes: account.of('DELETE').length };
  }

  it('in dry-run mode stays a dry run, even if the mode is enforce by then', async () => {
    expect(await endsWith({ TEARDOWN_MODE: 'enforce' })).toEqual({
      end: 'planned dry-run',
      writes: 0,
    });
  });

  it('is skipped once the mode is off', async () => {
    expect(await endsWith({ TEARDOWN_MODE: 'off' })).toMatchObject({ end: 'skipped switched-off' });
  });

  it.each([
    ['the rules are empty', { SWEEP_INCLUDE: '' }],
    ['the rules name others', { SWEEP_INCLUDE: '*.test.example' }],
    ['the cap is none', { SWEEP_MAX_CUSTOMERS: '0' }],
  ])('is skipped once %s', async (_when, then) => {
    expect(await endsWith(then)).toEqual({ end: 'skipped no-longer-included', writes: 0 });
  });

  it('deletes the customer where nothing changed, so that the tests above can fail', async () => {
    const { requests } = await sweepOf(1, { SWEEP_GRACE: 'PT1H' });
    const account = playAccount(1);
    const app = wholeApp(settings);
    await app.run('cancelOrders', requests[0]?.body, { messageId: String(requests[0]?.messageId) });
    await app.run('deleteCustomer', JSON.parse(JSON.stringify(app.sent.at(-1)?.message.body)));
    expect(app.sent.at(-1)?.message.subject).toBe('deleted');
    expect(account.of('DELETE')).toHaveLength(1);
  });
});

describe('the account', () => {
  it.each([
    ['sandbox.onmicrosoft.com', true],
    ['production.onmicrosoft.com', false],
    [undefined, true],
  ])('is the sandbox where SANDBOX_DOMAIN is %s: %s', async (sandboxDomain, isSandbox) => {
    playAccount(1);
    const { sandboxDomain: _none, ...rest } = readSettings(settings);
    const { teardown } = createContainer({
      ...rest,
      ...(sandboxDomain !== undefined && { sandboxDomain }),
    });
    const reader = teardown.partnerCenter('teardown-1', () => undefined);
    const objection = await teardown.proveSandbox(reader);
    if (isSandbox) expect(objection).toBeUndefined();
    else expect(objection).toContain(`but SANDBOX_DOMAIN is ${sandboxDomain}.`);
  });

  it('is named in the outcome of a teardown, with the portal of its cloud', async () => {
    const account = playAccount(1);
    account.silentDeletions = true;
    const app = wholeApp({
      ...settings,
      PARTNER_CENTER_CLOUD: 'china',
      TEARDOWN_MAX_CHECKS: '2',
    });
    await app.run('cancelOrders', { customerTenantId: customerId(0) });
    await app.run('deleteCustomer', JSON.parse(JSON.stringify(app.sent.at(-1)?.message.body)));
    expect(app.thrown).toEqual([]);
    expect(app.sent.at(-1)?.message).toMatchObject({
      subject: 'parked',
      body: {
        source: `urn:sandbox-teardown:${settings.SANDBOX_TENANT_ID}`,
        data: { portal: 'https://partner.partnercenter.microsoftonline.cn' },
      },
    });
  });
});

it('checks that are scheduled at one time are spread at random', async () => {
  playAccount(1).silentDeletions = true;
  const random = vi.spyOn(Math, 'random');
  onTestFinished(() => random.mockRestore());
  const dueAfter = async (chance: number) => {
    random.mockReturnValue(chance);
    const app = wholeApp({
      ...settings,
      CHECK_DELAY_JITTER: '0.5',
      CHECK_FIRST_DELAY: 'PT5M',
      CHECK_DELAY_MULTIPLIER: '1',
    });
    await app.run('cancelOrders', { customerTenantId: customerId(0) });
    await app.run('deleteCustomer', JSON.parse(JSON.stringify(app.sent.at(-1)?.message.body)));
    return (app.sent.at(-1)?.message.scheduledEnqueueTimeUtc?.getTime() ?? 0) - NOW_MS;
  };
  expect(await dueAfter(0)).toBe(150_000);
  expect(await dueAfter(0.75)).toBe(375_000);
});

it('each timer has the schedule of its setting', () => {
  const app = wholeApp({
    ...settings,
    SWEEP_SCHEDULE: '0 30 3 * * 1',
    DEAD_LETTER_SCHEDULE: '0 */7 * * * *',
  });
  expect(app.schedule('nightlySweep')).toBe('0 30 3 * * 1');
  expect(app.schedule('parkDeadLetters')).toBe('0 */7 * * * *');
});

it('all checks of an instance keep to PARTNER_CENTER_REQUESTS_PER_MINUTE together', async () => {
  const account = playAccount(1);
  const app = wholeApp({ ...settings, PARTNER_CENTER_REQUESTS_PER_MINUTE: '20' });
  for (let n = 0; n < 5; n += 1) {
    const message = { customerTenantId: customerId(0), dryRun: true };
    await app.run('cancelOrders', message, { messageId: `teardown-${n}` });
  }
  expect(app.thrown).toEqual([]);
  // Four to a check, the first one's customer among those that prove the sandbox; the last one would not find the room that a check must have to begin.
  expect(account.requests).toHaveLength(4 * 4);
  expect(app.sent).toHaveLength(5);
});

it('a write without an answer is made again by the next check, under its own MS-RequestId', async () => {
  const account = playAccount(1);
  account.silentDeletions = true;
  const app = wholeApp(settings);
  await app.run('cancelOrders', { customerTenantId: customerId(0) });
  for (const silent of [true, false]) {
    account.silentDeletions = silent;
    await app.run('deleteCustomer', JSON.parse(JSON.stringify(app.sent.at(-1)?.message.body)));
  }
  expect(app.thrown).toEqual([]);
  expect(app.sent.at(-1)?.message.subject).toBe('deleted');
  const ids = account.of('DELETE').map(({ headers }) => headers.get('ms-requestid'));
  expect(ids.length).toBeGreaterThan(1);
  expect(new Set(ids).size).toBe(1);
});
