import { describe, expect, test } from 'vitest';
import { correlationFilter, sqlFilter } from '../src/core/filter.ts';
import { CoreHarness, START_MS } from './core/core-harness.ts';

const rule = (name: string, correlation: object) => ({
  name,
  properties: { filterType: 'CorrelationFilter', correlationFilter: correlation },
});

const harnessWith = (...rules: object[]) =>
  new CoreHarness({
    topics: [{ name: 'news', subscriptions: [{ name: 'all' }, { name: 'some', rules }] }],
  });

const ALL = 'news/Subscriptions/all';
const SOME = 'news/subscriptions/some';

describe('a topic', () => {
  test('gives every subscription whose rules match its own copy, once', () => {
    const harness = harnessWith(
      rule('parked', { label: 'parked' }),
      rule('urgent', { properties: { urgent: 'yes' } }),
    );
    harness.namespace.send('news', [
      { body: 1, subject: 'parked', applicationProperties: { urgent: 'yes' } },
      { body: 2, subject: 'deleted' },
      { body: 3, applicationProperties: { urgent: 'yes' } },
    ]);
    expect(harness.bodies(ALL)).toEqual([1, 2, 3]);
    expect(harness.bodies(SOME)).toEqual([1, 3]);
  });

  test('requires every condition of a rule', () => {
    const harness = harnessWith(rule('both', { label: 'parked', correlationId: 'x' }));
    harness.namespace.send('news', [
      { body: 1, subject: 'parked' },
      { body: 2, subject: 'parked', correlationId: 'x' },
    ]);
    expect(harness.bodies(SOME)).toEqual([2]);
  });

  test('delivers a scheduled message to no subscription before its time', () => {
    const harness = harnessWith(rule('parked', { label: 'parked' }));
    const scheduledEnqueueTimeMs = START_MS + 1;
    harness.namespace.send('news', [{ body: 1, subject: 'parked', scheduledEnqueueTimeMs }]);
    expect(harness.namespace.counts('news').scheduled).toBe(1);
    harness.nowMs += 1;
    expect(harness.receiveOne(ALL)).toMatchObject({ enqueuedSequenceNumber: 2, sequenceNumber: 1 });
    expect(harness.bodies(SOME)).toEqual([1]);
  });

  test('dead-letters per subscription', () => {
    const harness = harnessWith();
    harness.namespace.send('news', [{ body: 1 }]);
    harness.namespace.settle(ALL, harness.receiveOne(ALL).lockToken, { kind: 'dead-letter' });
    expect(harness.namespace.counts(ALL)).toMatchObject({ active: 0, deadLettered: 1 });
    expect(harness.namespace.counts(SOME)).toMatchObject({ active: 1, deadLettered: 0 });
    expect(harness.bodies(`${ALL}/$DeadLetterQueue`)).toEqual([1]);
  });

  test('can have its rules changed while it runs', () => {
    const harness = harnessWith(rule('parked', { label: 'parked' }));
    harness.namespace.addRule(SOME, { name: 'all', filter: sqlFilter('1 = 1') });
    harness.namespace.removeRule(SOME, 'PARKED');
    harness.namespace.send('news', [{ body: 1 }]);
    expect(harness.bodies(SOME)).toEqual([1]);
    harness.namespace.removeRule(SOME, 'all');
    harness.namespace.addRule(SOME, { name: 'none', filter: sqlFilter('1=0') });
    harness.namespace.send('news', [{ body: 2 }]);
    expect(harness.bodies(SOME)).toEqual([]);
    expect(() => harness.namespace.removeRule(SOME, 'all')).toThrow(/its rules are: none/);
    expect(() =>
      harness.namespace.addRule(SOME, {
        name: 'None',
        filter: correlationFilter({ subject: 'x' }, {}),
      }),
    ).toThrow(/has a rule "None" already/);
  });
});

test('a change of rules does not affect messages that fell due before it', () => {
  const harness = harnessWith(rule('parked', { label: 'parked' }));
  const dueMs = START_MS + 1_000;
  harness.namespace.send('news', [
    { body: 1, subject: 'parked', scheduledEnqueueTimeMs: dueMs },
    { body: 2, subject: 'deleted', scheduledEnqueueTimeMs: dueMs },
  ]);
  harness.nowMs = dueMs;
  harness.namespace.addRule(SOME, {
    name: 'deleted',
    filter: correlationFilter({ subject: 'deleted' }, {}),
  });
  expect(harness.bodies(SOME)).toEqual([1]);
  harness.namespace.send('news', [
    { body: 3, subject: 'deleted', scheduledEnqueueTimeMs: dueMs + 1 },
  ]);
  harness.nowMs = dueMs + 1;
  harness.namespace.removeRule(SOME, 'deleted');
  expect(harness.bodies(SOME)).toEqual([3]);
});

describe('a path', () => {
  test.each([
    ['send to nothing', 'amqp:not-found', (s: CoreHarness) => s.namespace.send('nope', [])],
    ['receive from nothing', 'amqp:not-found', (s: CoreHarness) => s.namespace.receive('nope')],
    ['receive from a topic', 'amqp:not-allowed', (s: CoreHarness) => s.namespace.receive('news')],
    ['send to a subscription', 'amqp:not-allowed', (s: CoreHarness) => s.namespace.send(ALL, [])],
    ['count nothing', 'amqp:not-found', (s: CoreHarness) => s.namespace.counts('nope')],
    ['ask a topic for rules', 'amqp:not-allowed', (s: CoreHarness) => s.namespace.rules('news')],
  ] as const)('that does not fit is refused: %s', (_what, condition, work) => {
    expect(() => work(harnessWith())).toThrow(expect.objectContaining({ condition }));
  });

  test('may start with a slash and be spelled in any case', () => {
    const harness = harnessWith();
    harness.namespace.send('/NEWS', [{ body: 1 }]);
    expect(harness.bodies('/News/SUBSCRIPTIONS/All')).toEqual([1]);
    expect(harness.available).toContain(ALL);
  });
});
