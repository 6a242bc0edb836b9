import { ManualClock } from '@sandbox-teardown/shared/clock';
import { expect, test } from 'vitest';
import { parseNcrontab } from '../src/ncrontab.ts';
import { statusesInMemory } from '../src/schedule-status.ts';
import { TimerListener } from '../src/timer-listener.ts';

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

function start(
  trigger: { runOnStartup?: boolean; useMonitor?: boolean; schedule?: string } = {},
  { statuses = statusesInMemory(), earlyMs = 0, startMs = Date.UTC(2026, 10, 22, 1, 0, 30) } = {},
) {
  const clock = new ManualClock(startMs);
  const inputs: { ScheduleStatus: { Last: string; Next: string } | null; IsPastDue: boolean }[] =
    [];
  const ends: (() => void)[] = [];
  const listener = new TimerListener({
    clock,
    timers: { statuses, earlyMs },
    definition: {
      name: 'sweep',
      bindingName: 'timer',
      registered: { metadata: { name: 'sweep', bindings: {} }, callback: () => undefined },
      trigger: {
        type: 'timerTrigger',
        schedule: parseNcrontab(trigger.schedule ?? '0 * * * * *'),
        runOnStartup: trigger.runOnStartup ?? false,
        useMonitor: trigger.useMonitor ?? true,
      },
    },
    invoke: ({ input }) => {
      inputs.push(JSON.parse(input.json ?? ''));
      return new Promise((resolve) => ends.push(() => resolve(undefined)));
    },
  });
  listener.start();
  const advance = async (ms: number) => {
    clock.advance(ms);
    await settle();
  };
  const endRun = async () => {
    ends.shift()?.();
    await settle();
  };
  return { listener, inputs, advance, endRun, statuses };
}

test('a timer fires when due and says when it last did', async () => {
  const { inputs, advance, endRun } = start();
  await advance(29_999);
  expect(inputs).toEqual([]);
  await advance(1);
  await endRun();
  await advance(60_000);
  expect(inputs).toEqual([
    {
      Schedule: { AdjustForDST: true },
      ScheduleStatus: {
        Last: '0001-01-01T00:00:00',
        Next: '2026-11-22T01:01:00.000+00:00',
        LastUpdated: '0001-01-01T00:00:00',
      },
      IsPastDue: false,
    },
    {
      Schedule: { AdjustForDST: true },
      ScheduleStatus: {
        Last: '2026-11-22T01:01:00.000+00:00',
        Next: '2026-11-22T01:02:00.000+00:00',
        LastUpdated: '2026-11-22T01:01:00.000+00:00',
      },
      IsPastDue: false,
    },
  ]);
});

test('times that fall due during a run cause one run, at once after it', async () => {
  const { inputs, advance, endRun } = start();
  await advance(30_000);
  await advance(200_000);
  expect(inputs).toHaveLength(1);
  await endRun();
  await advance(0);
  expect(inputs).toHaveLength(2);
  await endRun();
  await advance(39_999);
  expect(inputs).toHaveLength(2);
  await advance(1);
  expect(inputs.map(({ ScheduleStatus, IsPastDue }) => [ScheduleStatus?.Next, IsPastDue])).toEqual([
    ['2026-11-22T01:01:00.000+00:00', false],
    ['2026-11-22T01:02:00.000+00:00', false],
    ['2026-11-22T01:05:00.000+00:00', false],
  ]);
});

const NIGHTLY = { schedule: '0 0 2 * * *' };
const friday = Date.UTC(2026, 10, 20, 12);
const monday = Date.UTC(2026, 10, 23, 8);

test('a timer that fell due while no host ran is past due at the next start, once', async () => {
  const { listener, statuses } = start(NIGHTLY, { startMs: friday });
  await listener.stop();
  const { inputs, advance, endRun } = start(NIGHTLY, { statuses, startMs: monday });
  await settle();
  expect(inputs).toMatchObject([
    { IsPastDue: true, ScheduleStatus: { Next: '2026-11-21T02:00:00.000+00:00' } },
  ]);
  await endRun();
  await advance(18 * 60 * 60_000 - 1);
  expect(inputs).toHaveLength(1);
  await advance(1);
  expect(inputs[1]).toMatchObject({
    IsPastDue: false,
    ScheduleStatus: { Next: '2026-11-24T02:00:00.000+00:00' },
  });
});

test('a timer whose schedule was changed meanwhile is not past due', async () => {
  const { listener, statuses } = start(NIGHTLY, { startMs: friday });
  await listener.stop();
  const { inputs } = start({ schedule: '0 0 3 * * *' }, { statuses, startMs: monday });
  await settle();
  expect(inputs).toEqual([]);
});

test('a timer that fires early has its due time, and does not fire again then', async () => {
  const { inputs, advance, endRun } = start({}, { earlyMs: 2 });
  await advance(29_998);
  expect(inputs).toMatchObject([
    { IsPastDue: false, ScheduleStatus: { Next: '2026-11-22T01:01:00.000+00:00' } },
  ]);
  await endRun();
  await advance(59_999);
  expect(inputs).toHaveLength(1);
  await advance(1);
  expect(inputs).toHaveLength(2);
});

test('a run by hand does not change when the timer is due', async () => {
  const { listener, inputs, advance, endRun } = start();
  const byHand = listener.runNow();
  await settle();
  await endRun();
  await byHand;
  await advance(30_000);
  expect(inputs[1]?.ScheduleStatus).toMatchObject({ Last: '0001-01-01T00:00:00' });
});

test('a run by hand waits for a running one', async () => {
  const { listener, inputs, advance, endRun } = start();
  await advance(30_000);
  const byHand = listener.runNow();
  await settle();
  expect(inputs).toHaveLength(1);
  await endRun();
  expect(inputs).toHaveLength(2);
  await endRun();
  await expect(byHand).resolves.toBeUndefined();
});

test('a timer can run at startup and goes without status if it is not monitored', async () => {
  const { inputs } = start({ runOnStartup: true, useMonitor: false });
  await settle();
  expect(inputs).toMatchObject([{ ScheduleStatus: null }]);
});

test('a stopped timer does not fire, and is finished when its run is', async () => {
  const { listener, inputs, advance, endRun } = start();
  await advance(30_000);
  await listener.stop();
  let isFinished = false;
  const finished = listener.finished().then(() => {
    isFinished = true;
  });
  await settle();
  expect(isFinished).toBe(false);
  await endRun();
  await finished;
  await advance(600_000);
  expect(inputs).toHaveLength(1);
});
