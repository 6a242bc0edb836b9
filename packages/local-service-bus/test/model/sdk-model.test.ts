import { expect, test } from 'vitest';
import { journalPath } from '../journal/journal-harness.ts';
import { MODEL_TIMEOUT_MS, runCommands } from './run.ts';
import { sdkBus } from './sdk-bus.ts';

test(
  'the real client gets over AMQP what the model says, for any commands',
  async () => {
    const path = journalPath();
    const tally = await runCommands((properties) => sdkBus(properties, path), {
      variable: 'SDK_MODEL',
      runCount: 25,
      maxCommands: 60,
      canRestart: true,
    });
    expect(tally.total).toBeGreaterThan(400);
    expect(tally.counts.get('restart')).toBeGreaterThan(10);
  },
  MODEL_TIMEOUT_MS,
);
