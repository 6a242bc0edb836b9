import { expect, test } from 'vitest';
import { coreBus } from './core-bus.ts';
import { runCommands } from './run.ts';

test('the core does what the model does, whatever it is told', async () => {
  const tally = await runCommands(async (properties) => coreBus(properties), {
    variable: 'CORE_MODEL',
    runCount: 1_500,
    maxCommands: 80,
  });
  expect([...tally.counts.keys()].toSorted()).toEqual(
    [
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
    ].toSorted(),
  );
});
