import { type Clock, ManualClock } from '@sandbox-teardown/shared/clock';
import { type TestContext, test, vi } from 'vitest';
import { ServiceBusHarness } from './service-bus-harness.ts';

/** For a renewal that never comes. */
const MAX_WAIT_MS = 300_000;

/** A harness with a host that takes its jobs from the queue with the brief lock. */
async function open(
  { onTestFinished }: TestContext,
  settings: Readonly<Record<string, string>> = {},
  clock?: Clock,
) {
  const harness = await ServiceBusHarness.open(clock);
  onTestFinished(() => harness.close());
  const overrides = Object.entries(settings).map(([key, value]) => [
    `AzureFunctionsJobHost__extensions__serviceBus__${key}`,
    value,
  ]);
  const host = await harness.startHost({
    JOBS_QUEUE: 'brief-jobs',
    ...Object.fromEntries(overrides),
  });
  return { harness, host, recorder: harness.recorder };
}

test.concurrent('the lock of an invocation that takes longer is renewed, so that it runs only once', async (context) => {
  const { expect } = context;
  // The broker's locks end when the test says so: however slow the host is to renew one, it is in time.
  const clock = new ManualClock(Date.now());
  const { harness, recorder } = await open(context, {}, clock);
  await harness.sendJson('brief-jobs', { do: 'hold', gate: 'slow' });
  await recorder.take('invocation-started');
  const lockedUntilMs = harness.nextDueMs();
  clock.advance(lockedUntilMs - clock.nowMs() - 1);
  await vi.waitUntil(() => harness.nextDueMs() > lockedUntilMs, { timeout: MAX_WAIT_MS });
  clock.advance(2);
  const started = recorder.all('invocation-started');
  await harness.sendJson('gates', { gate: 'slow' });
  await harness.emptied('brief-jobs');
  expect(started).toHaveLength(1);
  expect(recorder.all('log', ({ level }) => level === 'error')).toEqual([]);
});

test.concurrent('without renewal the message is delivered again, and the late completion is reported', async (context) => {
  const { expect } = context;
  const { harness, recorder } = await open(context, { maxAutoLockRenewalDuration: '00:00:00' });
  await harness.sendJson('brief-jobs', { do: 'hold', gate: 'lost' }, { messageId: 'lost' });
  await recorder.take('invocation-started', ({ messageId }) => messageId === 'lost', 2);
  await harness.sendJson('gates', { gate: 'lost' });
  const [log] = await recorder.take('log', ({ level }) => level === 'error');
  expect(log?.message).toMatch(/^Could not complete message 'lost', .*MessageLockLost/);
});

test.concurrent('without auto-completion a message stays, and comes again when its lock has ended', async (context) => {
  const { expect } = context;
  const { harness, recorder } = await open(context, { autoCompleteMessages: 'false' });
  await harness.sendJson('brief-jobs', {}, { messageId: 'kept' });
  const runs = await recorder.take('invocation-ended', (e) => e.messageId === 'kept', 2);
  expect(runs.map(({ succeeded }) => succeeded)).toEqual([true, true]);
});
