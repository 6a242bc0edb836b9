import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CoreStage } from '../core/core-stage.ts';
import { JournalStage, journalPath } from '../journal/journal-stage.ts';
import type { Tally } from './commands.ts';
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

function expectAll(tally: Tally, commands: readonly string[]): void {
  expect([...tally.counts.keys()].toSorted()).toEqual(commands);
  expect([...tally.sights.keys()].toSorted()).toEqual(SIGHTS);
}

test(
  'the core does what the model does, whatever it is told',
  async () => {
    const tally = await runCommands(
      async (properties) => coreBus(CoreStage.withQueue(properties)),
      { variable: 'CORE_MODEL', runCount: 2_000, maxCommands: 150, canRestart: false },
    );
    expectAll(tally, COMMANDS);
  },
  MODEL_TIMEOUT_MS,
);

test(
  'a core that is started anew on its journal does what the model does, whatever it is told',
  async () => {
    const path = journalPath();
    const onJournal = (properties: object): JournalStage => {
      rmSync(path, { force: true });
      return new JournalStage(path, { queues: [{ name: 'jobs', properties }] });
    };
    const tally = await runCommands(async (properties) => coreBus(onJournal(properties)), {
      variable: 'JOURNAL_MODEL',
      runCount: 200,
      maxCommands: 150,
      canRestart: true,
    });
    expectAll(tally, [...COMMANDS, 'restart'].toSorted());
  },
  MODEL_TIMEOUT_MS,
);
