import { expect, test } from 'vitest';
import { coreBus } from './core-bus.ts';
import { MODEL_TIMEOUT_MS, runCommands } from './run.ts';

const COMMANDS = [
  'abandon',
  'advance',
  'cancel',
  'complete',
  'dead-letter',
  'defer',
  'peek',
  'receive',
  'receiveAndDelete',
  'receiveDeferred',
  'renew',
  'schedule',
  'send',
];

const SIGHTS = [
  'MaxDeliveryCountExceeded',
  'TTLExpiredException',
  'Test',
  'cancel refused',
  'receiveDeferred refused',
  'renew refused',
  'settlement refused',
];

test(
  'the core does what the model does, whatever it is told',
  async () => {
    const tally = await runCommands(async (properties) => coreBus(properties), {
      variable: 'CORE_MODEL',
      runCount: 2_000,
      maxCommands: 150,
    });
    expect([...tally.counts.keys()].toSorted()).toEqual(COMMANDS);
    expect([...tally.sights.keys()].toSorted()).toEqual(SIGHTS);
  },
  MODEL_TIMEOUT_MS,
);
