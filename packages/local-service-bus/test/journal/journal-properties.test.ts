import { appendFileSync, rmSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Command, perform } from '../../src/core/command.ts';
import type { Outcome } from '../../src/core/message.ts';
import type { Namespace } from '../../src/core/namespace.ts';
import { CoreHarness, START_MS } from '../core/core-harness.ts';
import { JournalHarness, journalPath } from './journal-harness.ts';

const SEED = Number(process.env['JOURNAL_SEED'] ?? 20_261_123);
const RUNS = Number(process.env['JOURNAL_RUNS'] ?? 100);
const LOCK_MS = 60_000;

const receiving = { lockDuration: 'PT1M', maxDeliveryCount: 3 };
const ENTITIES = {
  queues: [
    {
      name: 'jobs',
      properties: {
        ...receiving,
        requiresDuplicateDetection: true,
        defaultMessageTimeToLive: 'PT10M',
        deadLetteringOnMessageExpiration: true,
      },
    },
  ],
  topics: [
    {
      name: 'news',
      subscriptions: [
        { name: 'all', properties: receiving },
        {
          name: 'some',
          properties: receiving,
          rules: [
            {
              name: 'red',
              properties: {
                filterType: 'CorrelationFilter',
                correlationFilter: { label: 'red' },
              },
            },
          ],
        },
      ],
    },
  ],
};
const SOURCES = [
  'jobs',
  'jobs/$DeadLetterQueue',
  'news/Subscriptions/all',
  'news/Subscriptions/some',
];

/** A command whose numbers and tokens are picked from those that were given out before. */
type Draft = (known: Known) => Command;

interface Known {
  readonly numbers: number[];
  readonly locks: { path: string; lockToken: string }[];
}

type Step =
  | { readonly kind: 'command'; readonly draft: Draft }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'peek' }
  | { readonly kind: 'restart'; readonly torn: string };

const source = fc.constantFrom(...SOURCES);
const pick = fc.nat(20);
const subject = fc.constantFrom('red', 'blue');
const properties = fc.constantFrom({ a: 1 }, { $date: new Date(5), bytes: Buffer.from('x') }, {});

const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.constant({ kind: 'complete' as const }),
  fc.constant({ kind: 'release' as const }),
  fc.record({ kind: fc.constantFrom('abandon' as const, 'defer' as const), properties }),
  fc.record({ kind: fc.constant('dead-letter' as const), properties, reason: fc.string() }),
);

const draft: fc.Arbitrary<Draft> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record({
        path: fc.constantFrom('jobs', 'news'),
        ids: fc.array(fc.option(fc.nat(8), { nil: undefined }), { minLength: 1, maxLength: 3 }),
        subject,
        atMs: fc.constantFrom(undefined, 1, LOCK_MS, 3 * LOCK_MS),
        timeToLiveMs: fc.constantFrom(undefined, Infinity, LOCK_MS),
        applicationProperties: properties,
      })
      .map(({ path, ids, subject: label, atMs, timeToLiveMs, applicationProperties }) => () => ({
        do: 'send' as const,
        path,
        messages: ids.map((id) => ({
          ...(id !== undefined && { messageId: `m${id}` }),
          ...(timeToLiveMs !== undefined && { timeToLiveMs }),
          ...(atMs !== undefined && { scheduledEnqueueTimeMs: START_MS + atMs }),
          subject: label,
          applicationProperties,
          body: { id, label },
          sizeBytes: 10,
        })),
      })),
  },
  {
    weight: 3,
    arbitrary: fc
      .record({
        path: source,
        maxCount: fc.integer({ min: 1, max: 3 }),
        do: fc.constantFrom('receive' as const, 'receive' as const, 'receive-and-delete' as const),
      })
      .map((command) => () => command),
  },
  {
    weight: 4,
    arbitrary: fc
      .record({ outcome, index: pick })
      .map(({ outcome: how, index }) => ({ locks }: Known) => ({
        do: 'settle' as const,
        ...(locks.at(-1 - (index % 2)) ?? { path: 'jobs', lockToken: 'none' }),
        outcome: how,
      })),
  },
  pick.map((index) => ({ locks }: Known) => ({
    do: 'renew-lock' as const,
    ...(locks.at(-1 - (index % 3)) ?? { path: 'jobs', lockToken: 'none' }),
  })),
  fc
    .record({
      do: fc.constantFrom(
        'cancel-scheduled' as const,
        'receive-deferred' as const,
        'receive-and-delete-deferred' as const,
      ),
      index: pick,
    })
    .map(({ do: verb, index }) => ({ numbers }: Known) => ({
      do: verb,
      path: verb === 'cancel-scheduled' && index % 2 === 1 ? 'news' : 'jobs',
      sequenceNumbers: numbers.slice(-1 - (index % 5)).slice(0, 1),
    })),
  fc
    .record({ name: fc.constantFrom('red', 'blue', 'any'), path: source, label: subject })
    .map(({ name, path, label }) => () => ({
      do: 'add-rule' as const,
      path,
      rule: {
        name,
        filter: { kind: 'correlation' as const, fields: { subject: label }, properties: {} },
      },
    })),
  fc
    .record({ name: fc.constantFrom('red', 'blue', '$Default'), path: source })
    .map(({ name, path }) => () => ({ do: 'remove-rule' as const, path, name })),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('command' as const), draft }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.constantFrom(0, 1, LOCK_MS / 2, LOCK_MS, 4 * LOCK_MS),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'peek' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('restart' as const),
      torn: fc.constantFrom('', 'a', '00000000 {"command":{"do":"se'),
    }),
  },
);

/** The namespace that never stops, and the one that is stopped and read from its journal again and again. */
class Pair {
  readonly lasting = new CoreHarness(ENTITIES);
  readonly restarted: JournalHarness;
  readonly #known: Known = { numbers: [], locks: [] };
  readonly #reached: Set<string>;

  /** @param reached is told what there was at the restarts */
  constructor(path: string, compactOverBytes: number, reached: Set<string>) {
    this.#reached = reached;
    rmSync(path, { force: true });
    this.restarted = new JournalHarness(path, ENTITIES, compactOverBytes);
    this.restarted.restart();
  }

  take(one: Step): void {
    switch (one.kind) {
      case 'command':
        this.#perform(one.draft(this.#known));
        break;
      case 'wait':
        this.lasting.nowMs += one.ms;
        this.restarted.nowMs = this.lasting.nowMs;
        break;
      case 'peek':
        // Only the one: what falls due is not in the journal.
        this.restarted.namespace.advance();
        break;
      case 'restart':
        this.#restart(one.torn);
        break;
    }
  }

  #restart(torn: string): void {
    this.restarted.stop();
    appendFileSync(this.restarted.path, torn);
    for (const record of this.lasting.namespace.records()) {
      this.#reached.add(record.kind);
      if (record.kind !== 'message') continue;
      this.#reached.add(record.message.lockToken === undefined ? record.message.state : 'locked');
    }
    this.lasting.namespace.endLocks();
    this.expectSame();
  }

  /** Whatever is answered, or refused, is the same. */
  #perform(command: Command): void {
    const expected = answer(this.lasting.namespace, command);
    expect(answer(this.restarted.namespace, command)).toEqual(expected);
    if (!Array.isArray(expected)) return;
    for (const item of expected) {
      if (typeof item === 'number') this.#known.numbers.push(item);
      else if (item.lockToken !== undefined) {
        this.#known.numbers.push(item.sequenceNumber);
        this.#known.locks.push({ path: command.path, lockToken: item.lockToken });
      }
    }
  }

  /** Everything: messages, locks, numbers, rules and remembered ids. */
  expectSame(): void {
    expect(everything(this.restarted.namespace)).toEqual(everything(this.lasting.namespace));
  }
}

function answer(namespace: Namespace, command: Command): unknown {
  try {
    return perform(namespace, command) ?? 'done';
  } catch (error) {
    return String(error);
  }
}

function everything(namespace: Namespace): unknown {
  namespace.advance();
  const keyed = [...namespace.records()].map((record) => [JSON.stringify(record), record] as const);
  return {
    records: keyed.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, record]) => record),
    counts: SOURCES.map((path) => namespace.counts(path)),
    nextDueMs: namespace.nextDueMs(),
  };
}

/** Four seconds of work; a machine that does much else takes several times that. */
const MAX_MS = 1_200_000;

test(`the journal restores the state of a namespace that was never stopped, after any commands and restarts (seed ${SEED})`, {
  timeout: MAX_MS,
}, () => {
  const path = journalPath();
  const reached = new Set<string>();
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 30, maxLength: 90 }),
      fc.constantFrom(1, 3_000, 1_000_000_000),
      (steps, compactOverBytes) => {
        const pair = new Pair(path, compactOverBytes, reached);
        for (const one of steps) pair.take(one);
        pair.take({ kind: 'restart', torn: '' });
        pair.restarted.stop();
      },
    ),
    { seed: SEED, numRuns: RUNS },
  );
  for (const kind of ['seen', 'scheduled', 'active', 'deferred', 'locked']) {
    expect(reached).toContain(kind);
  }
});
