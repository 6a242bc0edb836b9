import fc from 'fast-check';
import { expect } from 'vitest';
import { type Bus, type Locked, Refused, type Settlement, type Source } from './bus.ts';
import type { ModelQueue } from './model.ts';

const MINUTE_MS = 60_000;

interface Held<Lock> extends Locked<Lock> {
  readonly source: Source;
}

/** What is known about the bus from outside: the model, and what the client holds in its hands. */
export class Expectations<Lock, Ticket> {
  readonly model: ModelQueue;
  readonly held: Held<Lock>[] = [];
  readonly scheduled: { readonly body: number; readonly ticket: Ticket }[] = [];
  readonly deferred: { readonly body: number; readonly ticket: Ticket }[] = [];
  lastBody = 0;

  constructor(model: ModelQueue) {
    this.model = model;
  }

  /** The client still holds what it received, and does not know. */
  loseLocks(): void {
    for (const [index, one] of this.held.entries()) this.held[index] = { ...one, lockedUntilMs: 0 };
  }
}

/** How often each command was run, and what came of it that is rare. */
export class Tally {
  readonly counts = new Map<string, number>();
  readonly sights = new Map<string, number>();

  add(name: string): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  see(name: string): void {
    this.sights.set(name, (this.sights.get(name) ?? 0) + 1);
  }

  get total(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }
}

type World<Lock, Ticket> = readonly [Expectations<Lock, Ticket>, Bus<Lock, Ticket>];

/** A command as a value: what it does, and whether it can be done now. */
function command<Lock, Ticket>(
  text: string,
  tally: Tally,
  run: (...world: World<Lock, Ticket>) => Promise<void>,
  isPossible: (expected: Expectations<Lock, Ticket>) => boolean = () => true,
): fc.AsyncCommand<Expectations<Lock, Ticket>, Bus<Lock, Ticket>> {
  return {
    check: (expected) => isPossible(expected),
    run: async (expected, bus) => {
      tally.add(text.split(' ', 1)[0] ?? text);
      await run(expected, bus);
    },
    toString: () => text,
  };
}

const newBody = (expected: Expectations<unknown, unknown>): number => {
  expected.lastBody += 1;
  return expected.lastBody;
};

const pick = <Item>(items: readonly Item[], index: number): Item => {
  const item = items[index % items.length];
  if (item === undefined) throw new Error('There is nothing to pick from.');
  return item;
};

const forget = <Item>(items: Item[], item: Item): void => {
  items.splice(items.indexOf(item), 1);
};

/**
 * Every command, drawn alike for whatever bus they are run against. Few ids, so that duplicates are common;
 * delays on both sides of the lock's, the time to live's and the window's ends, and on them.
 */
export function allCommands<Lock, Ticket>(tally: Tally, canRestart: boolean) {
  type Expected = Expectations<Lock, Ticket>;
  const make = (
    text: string,
    run: (...world: World<Lock, Ticket>) => Promise<void>,
    isPossible?: (expected: Expected) => boolean,
  ) => command<Lock, Ticket>(text, tally, run, isPossible);

  const refused = async (what: string, work: Promise<unknown>): Promise<void> => {
    await expect(work).rejects.toBeInstanceOf(Refused);
    tally.see(`${what} refused`);
  };

  const index = fc.nat(9);
  const source = fc.constantFrom<Source[]>('queue', 'queue', 'dead-letters');
  const id = fc.nat(12).map((number) => `m${number}`);
  const timeToLiveMs = fc.constantFrom(undefined, undefined, MINUTE_MS / 2, 2 * MINUTE_MS);
  const delayMs = fc.constantFrom(-1, 1, MINUTE_MS, 5 * MINUTE_MS);
  const settlement = fc.constantFrom<Settlement[]>(
    'complete',
    'abandon',
    'abandon',
    'dead-letter',
    'defer',
  );

  const send = fc
    .record({ id, timeToLiveMs, delayMs: fc.option(delayMs) })
    .map(({ id: messageId, timeToLiveMs: ttl, delayMs: delay }) =>
      make(`send ${messageId} ttl=${ttl} delay=${delay}`, async (expected, bus) => {
        const { model } = expected;
        const message = { body: newBody(expected), messageId, ...(ttl && { timeToLiveMs: ttl }) };
        const enqueueAtMs = delay === null ? undefined : model.nowMs + delay;
        await bus.send(message, enqueueAtMs);
        model.send(message, enqueueAtMs ?? model.nowMs);
      }),
    );

  const schedule = fc.record({ id, delayMs }).map(({ id: messageId, delayMs: delay }) =>
    make(`schedule ${messageId} delay=${delay}`, async (expected, bus) => {
      const { model, scheduled } = expected;
      const message = { body: newBody(expected), messageId };
      const ticket = await bus.schedule(message, model.nowMs + delay);
      model.send(message, model.nowMs + delay);
      scheduled.push({ body: message.body, ticket });
    }),
  );

  const cancel = index.map((which) =>
    make(
      `cancel ${which}`,
      async ({ model, scheduled }, bus) => {
        const { body, ticket } = pick(scheduled, which);
        if (model.cancel(body)) await bus.cancel(ticket);
        else await refused('cancel', bus.cancel(ticket));
      },
      ({ scheduled }) => scheduled.length > 0,
    ),
  );

  const receive = fc
    .record({ source, count: fc.integer({ min: 1, max: 3 }) })
    .map(({ source: from, count }) =>
      make(`receive ${count} from ${from}`, async ({ model, held }, bus) => {
        const due = model.receivable(from).slice(0, count);
        const received = await bus.receive(from, count, due.length);
        expect(received).toEqual(
          due.map((one) =>
            expect.objectContaining({ ...one, lockedUntilMs: model.lock(one.body) }),
          ),
        );
        for (const { deadLetterReason } of received)
          if (deadLetterReason) tally.see(deadLetterReason);
        held.push(...received.map((one) => ({ ...one, source: from })));
      }),
    );

  const receiveAndDelete = fc
    .record({ source, count: fc.integer({ min: 1, max: 2 }) })
    .map(({ source: from, count }) =>
      make(`receiveAndDelete ${count} from ${from}`, async ({ model }, bus) => {
        const due = model.receivable(from).slice(0, count);
        expect(await bus.receiveAndDelete(from, count, due.length)).toEqual(due);
        for (const { body } of due) model.delete(body);
      }),
    );

  const receiveDeferred = index.map((which) =>
    make(
      `receiveDeferred ${which}`,
      async ({ model, held, deferred }, bus) => {
        const { body, ticket } = pick(deferred, which);
        const due = model.lockDeferred(body);
        if (due === undefined) return refused('receiveDeferred', bus.receiveDeferred(ticket));
        const received = await bus.receiveDeferred(ticket);
        expect(received).toMatchObject(due);
        held.push({ ...received, source: 'queue' });
      },
      ({ deferred }) => deferred.length > 0,
    ),
  );

  const settle = fc.record({ index, settlement }).map(({ index: which, settlement: how }) =>
    make(
      `${how} ${which}`,
      async (expected, bus) => {
        const { model, held, deferred } = expected;
        const one = pick(held, which);
        forget(held, one);
        // Service Bus lets no one dead-letter what is a dead letter; no one asks it to here, nor to defer one.
        const end = one.source === 'dead-letters' && how !== 'complete' ? 'abandon' : how;
        const settled = bus.settle(one.source, one.lock, end);
        if (one.lockedUntilMs <= model.nowMs) return refused('settlement', settled);
        await settled;
        model.settle(one.body, end);
        if (end === 'defer') deferred.push({ body: one.body, ticket: bus.ticketOf(one.lock) });
      },
      ({ held }) => held.length > 0,
    ),
  );

  const renew = index.map((which) =>
    make(
      `renew ${which}`,
      async ({ model, held }, bus) => {
        const one = pick(held, which);
        const renewed = bus.renew(one.source, one.lock);
        if (one.lockedUntilMs <= model.nowMs) return refused('renew', renewed);
        const lockedUntilMs = await renewed;
        expect(lockedUntilMs).toBe(model.lock(one.body));
        held[held.indexOf(one)] = { ...one, lockedUntilMs };
      },
      ({ held }) => held.length > 0,
    ),
  );

  const peek = source.map((from) =>
    make(`peek ${from}`, async ({ model, lastBody }, bus) => {
      const pageSize = lastBody % 2 === 0 ? 3 : 250;
      expect(await bus.peek(from, pageSize)).toEqual(model.peek(from));
    }),
  );

  const advance = fc
    .constantFrom(1, MINUTE_MS / 2, MINUTE_MS - 1, MINUTE_MS, 5 * MINUTE_MS)
    .map((ms) =>
      make(`advance ${ms}`, async ({ model }, bus) => {
        model.advance(ms);
        await bus.advance(ms);
      }),
    );

  const restart = fc.constant(
    make('restart', async (expected, bus) => {
      expected.model.restart();
      expected.loseLocks();
      await bus.restart();
    }),
  );

  return [
    send,
    send,
    schedule,
    cancel,
    receive,
    receive,
    receiveAndDelete,
    receiveDeferred,
    settle,
    settle,
    renew,
    peek,
    advance,
    ...(canRestart ? [restart] : []),
  ];
}
