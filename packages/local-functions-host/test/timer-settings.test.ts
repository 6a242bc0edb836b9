import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readTimerSettings } from '../src/timer-settings.ts';

const status = { nextMs: 2, lastUpdatedMs: 1 };

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'timers-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

test('timers are not early, and have no status file, by default', () => {
  const { earlyMs, statuses } = readTimerSettings({});
  statuses.write('sweep', status);
  expect([earlyMs, statuses.read('sweep')]).toEqual([0, status]);
  expect(readTimerSettings({}).statuses.read('sweep')).toBeUndefined();
});

test('a file keeps the status of each timer', () => {
  const settings = { EMBEDDED_HOST_TIMER_STATUS_FILE: join(directory(), 'timers.json') };
  const { statuses } = readTimerSettings(settings);
  statuses.write('sweep', status);
  statuses.write('other', { ...status, lastMs: 3 });
  const again = readTimerSettings(settings).statuses;
  expect([again.read('sweep'), again.read('other'), again.read('third')]).toEqual([
    status,
    { ...status, lastMs: 3 },
    undefined,
  ]);
});

test('a file without timer statuses is refused', () => {
  const path = join(directory(), 'timers.json');
  writeFileSync(path, '[1]');
  const { statuses } = readTimerSettings({ EMBEDDED_HOST_TIMER_STATUS_FILE: path });
  expect(() => statuses.read('sweep')).toThrow('does not hold the status of timers');
});

test.each(['1001', '-1', '2.4', 'x'])('early by %s is refused, naming the setting', (early) => {
  expect(() => readTimerSettings({ EMBEDDED_HOST_TIMERS_EARLY_MS: early })).toThrow(
    'EMBEDDED_HOST_TIMERS_EARLY_MS must be a whole number from 0 to 1000.',
  );
});

test('timers are early by at most a second', () => {
  expect(readTimerSettings({ EMBEDDED_HOST_TIMERS_EARLY_MS: '1000' }).earlyMs).toBe(1_000);
});
