import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { FOREVER, loadEntities, parseEntities } from '../src/entities.ts';

const FILE = fileURLToPath(new URL('../entities.example.json', import.meta.url));

const queue = (properties: object) => ({ queues: [{ name: 'jobs', properties }] });
const subscription = (rule: object) => ({
  topics: [{ name: 'news', subscriptions: [{ name: 'all', rules: [rule] }] }],
});

test("the README's example can be used", async () => {
  const entities = await loadEntities(FILE);
  expect(entities.queues.map(({ name }) => name)).toEqual(['orders']);
  expect(entities.topics.flatMap((topic) => topic.subscriptions.map(({ name }) => name))).toEqual([
    'all',
    'shipped',
  ]);
});

test('an omitted property has the default of Service Bus', () => {
  expect(parseEntities(queue({})).queues[0]?.properties).toEqual({
    lockDuration: 'PT1M',
    maxDeliveryCount: 10,
    defaultMessageTimeToLive: FOREVER,
    deadLetteringOnMessageExpiration: false,
    requiresSession: false,
    requiresDuplicateDetection: false,
    duplicateDetectionHistoryTimeWindow: 'PT10M',
    maxSizeInMegabytes: 1024,
    maxMessageSizeInKilobytes: 256,
  });
});

test.each([
  ['an unknown property', queue({ forwardTo: 'x' }), /queues\.0\.properties\.forwardTo/],
  ['sessions', queue({ requiresSession: true }), /has no sessions/],
  ['a lock longer than 5 minutes', queue({ lockDuration: 'PT6M' }), /lockDuration.*5 minutes/],
  ['a duration that is none', queue({ lockDuration: 'a minute' }), /ISO 8601 duration/],
  ['a duration in months', queue({ defaultMessageTimeToLive: 'P1M' }), /ISO 8601 duration/],
  [
    'a window below 20 seconds',
    queue({ duplicateDetectionHistoryTimeWindow: 'PT1S' }),
    /20 seconds/,
  ],
  ['no delivery at all', queue({ maxDeliveryCount: 0 }), /maxDeliveryCount/],
  ['a name with a space', { queues: [{ name: 'a b' }] }, /entity name/],
  [
    'two entities of the same name',
    { queues: [{ name: 'jobs' }], topics: [{ name: 'JOBS' }] },
    /same name/,
  ],
  [
    'an SQL filter',
    subscription({
      name: 'sql',
      properties: { filterType: 'SqlFilter', sqlFilter: { sqlExpression: 'a > 1' } },
    }),
    /no SQL filters but 1=1 and 1=0/,
  ],
  [
    'an empty correlation filter',
    subscription({
      name: 'empty',
      properties: { filterType: 'CorrelationFilter', correlationFilter: {} },
    }),
    /at least one condition/,
  ],
])('%s is refused with a message that says where', (_what, json, message) => {
  expect(() => parseEntities(json)).toThrow(message);
});
