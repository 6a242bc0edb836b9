import { expect, test } from 'vitest';
import { MODEL_TIMEOUT_MS, runCommands } from './run.ts';
import { sdkBus } from './sdk-bus.ts';

test(
  'the real client sees over AMQP what the model says, whatever it does',
  async () => {
    const tally = await runCommands(sdkBus, {
      variable: 'SDK_MODEL',
      runCount: 25,
      maxCommands: 60,
    });
    expect(tally.total).toBeGreaterThan(400);
  },
  MODEL_TIMEOUT_MS,
);
