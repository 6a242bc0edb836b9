import { expect, test } from 'vitest';
import type { FunctionMetadata } from '../src/core-contract.ts';
import { defineFunction } from '../src/trigger-definition.ts';

const settings = { BUS: 'Endpoint=sb://localhost/', QUEUE: 'orders', SCHEDULE: '0 0 2 * * *' };

function define(binding: object, more: Partial<FunctionMetadata> = {}) {
  const metadata = { name: 'work', bindings: { trigger: { ...binding } }, ...more };
  return defineFunction({ metadata, callback: () => undefined }, settings);
}

const queue = { type: 'serviceBusTrigger', direction: 'in', connection: 'BUS', queueName: 'jobs' };
const timer = { type: 'timerTrigger', direction: 'in', schedule: '%SCHEDULE%' };

test('a queue trigger is read with its settings resolved', () => {
  const { trigger, bindingName } = define({ ...queue, queueName: '%QUEUE%' });
  expect(bindingName).toBe('trigger');
  expect(trigger).toEqual({
    type: 'serviceBusTrigger',
    entity: { queueName: 'orders' },
    connectionString: 'Endpoint=sb://localhost/',
    autoCompleteMessages: undefined,
    dataType: 'string',
  });
});

test('a topic trigger names its subscription', () => {
  const { trigger } = define({
    type: 'serviceBusTrigger',
    connection: 'BUS',
    topicName: '%QUEUE%',
    subscriptionName: 'audit',
    autoCompleteMessages: false,
  });
  expect(trigger).toMatchObject({
    entity: { topicName: 'orders', subscriptionName: 'audit' },
    autoCompleteMessages: false,
  });
});

test('a timer trigger is read with its schedule', () => {
  expect(define({ ...timer, runOnStartup: true }).trigger).toMatchObject({
    type: 'timerTrigger',
    runOnStartup: true,
    useMonitor: true,
    schedule: { expression: '0 0 2 * * *' },
  });
});

test.each([
  [{ ...queue, isSessionsEnabled: true }, 'sessions are not supported'],
  [{ ...queue, cardinality: 'many' }, 'batches are not supported'],
  [{ ...queue, connection: 'OTHER' }, "connection 'OTHER' is not set"],
  [{ ...queue, queueName: '%MISSING%' }, "'%MISSING%' cannot be resolved"],
  [{ ...queue, queueName: undefined, topicName: 'news' }, 'names neither a "queueName"'],
  [{ type: 'httpTrigger', direction: 'in' }, 'triggers of type "httpTrigger" are not supported'],
  [{ ...timer, schedule: '' }, 'has no "schedule"'],
  [{ ...timer, schedule: 'daily' }, 'schedule "daily" has 1 fields'],
])('the trigger %j is refused, naming function and binding', (binding, message) => {
  expect(() => define(binding)).toThrow(`Function "work", binding "trigger": `);
  expect(() => define(binding)).toThrow(message);
});

test('other bindings and retry policies are refused', () => {
  const bindings = { trigger: queue, $return: { type: 'serviceBus', direction: 'out' as const } };
  expect(() => define({}, { bindings: bindings as FunctionMetadata['bindings'] })).toThrow(
    'Function "work", binding "$return": output bindings of type "serviceBus" are not supported',
  );
  expect(() => define(timer, { retryOptions: { maxRetryCount: 3 } })).toThrow(
    'Function "work", binding "trigger": retry policies are not supported',
  );
});
