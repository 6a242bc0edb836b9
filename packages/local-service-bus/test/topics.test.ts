import { describe, expect, test } from 'vitest';
import { correlationFilter, sqlFilter } from '../src/core/filter.ts';
import { CoreStage, START_MS } from './core/core-stage.ts';

const rule = (name: string, correlation: object) => ({
  name,
  properties: { filterType: 'CorrelationFilter', correlationFilter: correlation },
});

const stageWith = (...rules: object[]) =>
  new CoreStage({
    topics: [{ name: 'news', subscriptions: [{ name: 'all' }, { name: 'some', rules }] }],
  });

const ALL = 'news/Subscriptions/all';
const SOME = 'news/subscriptions/some';

describe('a topic', () => {
  test('gives every subscription whose rules match its own copy, once', () => {
    const stage = stageWith(
      rule('parked', { label: 'parked' }),
      rule('urgent', { properties: { urgent: 'yes' } }),
    );
    stage.namespace.send('news', [
      { body: 1, subject: 'parked', applicationProperties: { urgent: 'yes' } },
      { body: 2, subject: 'deleted' },
      { body: 3, applicationProperties: { urgent: 'yes' } },
    ]);
    expect(stage.bodies(ALL)).toEqual([1, 2, 3]);
    expect(stage.bodies(SOME)).toEqual([1, 3]);
  });

  test('wants every condition of a rule met', () => {
    const stage = stageWith(rule('both', { label: 'parked', correlationId: 'x' }));
    stage.namespace.send('news', [
      { body: 1, subject: 'parked' },
      { body: 2, subject: 'parked', correlationId: 'x' },
    ]);
    expect(stage.bodies(SOME)).toEqual([2]);
  });

  test('holds scheduled messages back from all its subscriptions', () => {
    const stage = stageWith(rule('parked', { label: 'parked' }));
    const scheduledEnqueueTimeMs = START_MS + 1;
    stage.namespace.send('news', [{ body: 1, subject: 'parked', scheduledEnqueueTimeMs }]);
    expect(stage.namespace.counts('news').scheduled).toBe(1);
    stage.nowMs += 1;
    expect(stage.receiveOne(ALL)).toMatchObject({ enqueuedSequenceNumber: 2, sequenceNumber: 1 });
    expect(stage.bodies(SOME)).toEqual([1]);
  });

  test('dead-letters per subscription', () => {
    const stage = stageWith();
    stage.namespace.send('news', [{ body: 1 }]);
    stage.namespace.settle(ALL, stage.receiveOne(ALL).lockToken, { kind: 'dead-letter' });
    expect(stage.namespace.counts(ALL)).toMatchObject({ active: 0, deadLettered: 1 });
    expect(stage.namespace.counts(SOME)).toMatchObject({ active: 1, deadLettered: 0 });
    expect(stage.bodies(`${ALL}/$DeadLetterQueue`)).toEqual([1]);
  });

  test('can have its rules changed while it runs', () => {
    const stage = stageWith(rule('parked', { label: 'parked' }));
    stage.namespace.addRule(SOME, { name: 'all', filter: sqlFilter('1 = 1') });
    stage.namespace.removeRule(SOME, 'PARKED');
    stage.namespace.send('news', [{ body: 1 }]);
    expect(stage.bodies(SOME)).toEqual([1]);
    stage.namespace.removeRule(SOME, 'all');
    stage.namespace.addRule(SOME, { name: 'none', filter: sqlFilter('1=0') });
    stage.namespace.send('news', [{ body: 2 }]);
    expect(stage.bodies(SOME)).toEqual([]);
    expect(() => stage.namespace.removeRule(SOME, 'all')).toThrow(/its rules are: none/);
    expect(() =>
      stage.namespace.addRule(SOME, {
        name: 'None',
        filter: correlationFilter({ subject: 'x' }, {}),
      }),
    ).toThrow(/has a rule "None" already/);
  });
});

test('a change of rules does not touch what fell due before it', () => {
  const stage = stageWith(rule('parked', { label: 'parked' }));
  const dueMs = START_MS + 1_000;
  stage.namespace.send('news', [
    { body: 1, subject: 'parked', scheduledEnqueueTimeMs: dueMs },
    { body: 2, subject: 'deleted', scheduledEnqueueTimeMs: dueMs },
  ]);
  stage.nowMs = dueMs;
  stage.namespace.addRule(SOME, {
    name: 'deleted',
    filter: correlationFilter({ subject: 'deleted' }, {}),
  });
  expect(stage.bodies(SOME)).toEqual([1]);
  stage.namespace.send('news', [
    { body: 3, subject: 'deleted', scheduledEnqueueTimeMs: dueMs + 1 },
  ]);
  stage.nowMs = dueMs + 1;
  stage.namespace.removeRule(SOME, 'deleted');
  expect(stage.bodies(SOME)).toEqual([3]);
});

describe('a path', () => {
  test.each([
    ['send to nothing', 'amqp:not-found', (s: CoreStage) => s.namespace.send('nope', [])],
    ['receive from nothing', 'amqp:not-found', (s: CoreStage) => s.namespace.receive('nope')],
    ['receive from a topic', 'amqp:not-allowed', (s: CoreStage) => s.namespace.receive('news')],
    ['send to a subscription', 'amqp:not-allowed', (s: CoreStage) => s.namespace.send(ALL, [])],
    ['count nothing', 'amqp:not-found', (s: CoreStage) => s.namespace.counts('nope')],
    ['ask a topic for rules', 'amqp:not-allowed', (s: CoreStage) => s.namespace.rules('news')],
  ] as const)('that does not fit is refused: %s', (_what, condition, work) => {
    expect(() => work(stageWith())).toThrow(expect.objectContaining({ condition }));
  });

  test('may start with a slash and be spelled in any case', () => {
    const stage = stageWith();
    stage.namespace.send('/NEWS', [{ body: 1 }]);
    expect(stage.bodies('/News/SUBSCRIPTIONS/All')).toEqual([1]);
    expect(stage.available).toContain(ALL);
  });
});
