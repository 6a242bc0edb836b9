import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseNcrontab } from 'local-functions-host/ncrontab';
import { expect, it, onTestFinished } from 'vitest';
import { embeddedApp } from './embedded-app.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** An app that was stopped for days, and is started so long after the last time that its sweep was due. */
async function startedLate(lateMs: number) {
  const dueMs = Math.floor((Date.now() - lateMs) / 1_000) * 1_000;
  const due = new Date(dueMs);
  const time = [due.getUTCSeconds(), due.getUTCMinutes(), due.getUTCHours()];
  const schedule = `${time.join(' ')} * * *`;
  const lastMs = dueMs - 3 * DAY_MS;
  const nextMs = parseNcrontab(schedule).nextMs(lastMs);
  const directory = mkdtempSync(join(tmpdir(), 'past-due-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = join(directory, 'timers.json');
  writeFileSync(file, JSON.stringify({ nightlySweep: { lastMs, nextMs, lastUpdatedMs: lastMs } }));
  const app = await embeddedApp({
    EMBEDDED_HOST_TIMER_STATUS_FILE: file,
    SWEEP_SCHEDULE: schedule,
    SWEEP_INCLUDE: '*.test.example',
  });
  app.sandbox.addCustomer({ domain: 'a.test.example' });
  const minute = due.toISOString().slice(0, 16).replace(/[-:]/g, '');
  return { app, id: `sweep-${minute}Z` };
}

it('a sweep that is hours past due requests nothing, and reports that', async () => {
  const { app, id } = await startedLate(6 * 60 * MINUTE_MS);
  const collected = app.outcomes(1);
  await app.start();
  expect(await collected).toMatchObject([
    { teardownId: id, subject: 'refused', data: { reason: 'past-due' } },
  ]);
  expect(app.sandbox.state().customers).toHaveLength(1);
});

it('a sweep that is minutes past due runs late, as the one that was due last', async () => {
  const { app, id } = await startedLate(10 * MINUTE_MS);
  const collected = app.outcomes(2);
  await app.start();
  const events = await collected;
  expect(events.map(({ subject }) => subject).toSorted()).toEqual(['completed', 'deleted']);
  expect(events.every(({ teardownId }) => teardownId.startsWith(id))).toBe(true);
  expect(app.sandbox.state().customers).toEqual([]);
});
