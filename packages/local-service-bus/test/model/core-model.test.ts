import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CoreHarness } from '../core/core-harness.ts';
import { JournalHarness, journalPath } from '../journal/journal-harness.ts';
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
  'the core does what the model does, for any commands',
  async () => {
    const tally = await runCommands(
      async (properties) => coreBus(CoreHarness.withQueue(properties)),
      { variable: 'CORE_MODEL', runCount: 2_000, maxCommands: 150, canRestart: false },
    );
    expectAll(tally, COMMANDS);
  },
  MODEL_TIMEOUT_MS,
);

test(
  'a core that is restarted on its journal does what the model does, for any commands',
  async () => {
    const path = journalPath();
    const onJournal = (properties: object): JournalHarness => {
      rmSync(path, { force: true });
      return new JournalHarness(path, { queues: [{ name: 'jobs', properties }] });
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
