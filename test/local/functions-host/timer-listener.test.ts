import { expect, test } from 'vitest';
import { ManualClock } from '../../../local/clock.ts';
import { parseNcrontab } from '../../../local/functions-host/ncrontab.ts';
import { TimerListener } from '../../../local/functions-host/timer-listener.ts';

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

function start(trigger: { runOnStartup?: boolean; useMonitor?: boolean } = {}) {
  const clock = new ManualClock(Date.UTC(2026, 10, 22, 1, 0, 30));
  const inputs: { ScheduleStatus: { Last: string; Next: string } | null; IsPastDue: boolean }[] =
    [];
  const ends: (() => void)[] = [];
  const listener = new TimerListener({
    clock,
    definition: {
      name: 'sweep',
      bindingName: 'timer',
      registered: { metadata: { name: 'sweep', bindings: {} }, callback: () => undefined },
      trigger: {
        type: 'timerTrigger',
        schedule: parseNcrontab('0 * * * * *'),
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
  return { listener, inputs, advance, endRun };
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

test('what falls due during a run is skipped', async () => {
  const { inputs, advance, endRun } = start();
  await advance(30_000);
  await advance(200_000);
  expect(inputs).toHaveLength(1);
  await endRun();
  await advance(39_999);
  expect(inputs).toHaveLength(1);
  await advance(1);
  expect(inputs).toHaveLength(2);
});

test('a run by hand waits for the one under way', async () => {
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
