import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { spacingMs } from '../../src/teardown/sweep/spacing.ts';
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

async function sweepOf(customers: number, more: Readonly<Record<string, string>>) {
  playAccount(customers);
  const app = wholeApp({ ...settings, ...more });
  await app.run('nightlySweep');
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

  it('leaves room between its requests, as PARTNER_CENTER_REQUESTS_PER_MINUTE asks for', async () => {
    const { requests } = await sweepOf(3, { PARTNER_CENTER_REQUESTS_PER_MINUTE: '100' });
    const dueMs = requests.map(
      ({ scheduledEnqueueTimeUtc }) => scheduledEnqueueTimeUtc?.getTime() ?? NOW_MS,
    );
    const apartMs = spacingMs(100);
    expect(apartMs).toBeGreaterThan(6_000);
    expect(dueMs).toEqual([NOW_MS, NOW_MS + apartMs, NOW_MS + 2 * apartMs]);
  });

  it('requests nothing where more match than SWEEP_MOST_CUSTOMERS', async () => {
    const enough = await sweepOf(3, { SWEEP_MOST_CUSTOMERS: '3' });
    expect(enough.requests).toHaveLength(3);
    const tooMany = await sweepOf(4, { SWEEP_MOST_CUSTOMERS: '3' });
    expect(tooMany.requests).toEqual([]);
    expect(tooMany.events).toMatchObject([
      { subject: 'refused', body: { data: { reason: 'too-many-matches' } } },
    ]);
  });
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

it('all looks of an instance keep to PARTNER_CENTER_REQUESTS_PER_MINUTE together', async () => {
  const account = playAccount(1);
  const app = wholeApp({ ...settings, PARTNER_CENTER_REQUESTS_PER_MINUTE: '20' });
  for (let n = 0; n < 5; n += 1) {
    const message = { customerTenantId: customerId(0), dryRun: true };
    await app.run('cancelOrders', message, { messageId: `teardown-${n}` });
  }
  expect(app.thrown).toEqual([]);
  // Five and then four to a look; the last one would not find the room that a look must have to begin.
  expect(account.requests).toHaveLength(5 + 3 * 4);
  expect(app.sent).toHaveLength(5);
});

it('a write without an answer is made again by the next look, under its own MS-RequestId', async () => {
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
