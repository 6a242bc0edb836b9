import { statSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { JournalHarness, journalPath } from './journal-harness.ts';

const entities = { queues: [{ name: 'jobs', properties: {} }] };
const modeOf = (path: string): number => statSync(path).mode & 0o777;

it.skipIf(process.platform === 'win32')(
  'a journal and its lock are for their owner alone, also where a lock was left behind',
  () => {
    const path = journalPath();
    // No process has this id.
    writeFileSync(`${path}.lock`, '4194305\n', { mode: 0o644 });
    const harness = new JournalHarness(path, entities);
    expect(harness.namespace.counts('jobs')).toMatchObject({ active: 0 });
    expect([modeOf(path), modeOf(`${path}.lock`)]).toEqual([0o600, 0o600]);
    harness.stop();
  },
);
