import { ManualClock } from '@sandbox-teardown/shared/clock';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FunctionsHost } from '../src/spawn-functions-host.ts';
import { ServiceBusHarness } from './service-bus-harness.ts';

const clock = new ManualClock(Date.now());
let harness: ServiceBusHarness;
let host: FunctionsHost;

beforeAll(async () => {
  harness = await ServiceBusHarness.open(clock);
  host = await harness.startHost();
});

afterAll(async () => {
  await harness.close();
});

const ended = (messageId: string, count = 1) =>
  harness.recorder.take('invocation-ended', (event) => event.messageId === messageId, count);

test('functions of several CommonJS files are loaded', () => {
  expect(host.functions.map(({ name }) => name).sort()).toEqual(['hearNews', 'openGate', 'runJob']);
});

test('a message reaches its function with its metadata, in the shape the real host gives it', async () => {
  await harness.sendJson(
    'jobs',
    { customer: 'c1' },
    {
      messageId: 'job-1',
      correlationId: 'trace-1',
      subject: 'cancel',
      contentType: 'application/json',
      applicationProperties: { Attempt: 1, 'Diagnostic-Id': 'd' },
    },
  );
  const { message, metadata } = await harness.jobReport('job-1');
  expect(message).toEqual({ customer: 'c1' });
  expect(metadata).toMatchObject({
    messageId: 'job-1',
    correlationId: 'trace-1',
    subject: 'cancel',
    label: 'cancel',
    contentType: 'application/json',
    deliveryCount: 1,
    sequenceNumber: expect.any(Number),
    lockToken: expect.stringMatching(/^[0-9a-f-]{36}$/),
    applicationProperties: { attempt: 1, 'diagnostic-Id': 'd' },
    userProperties: { attempt: 1, 'diagnostic-Id': 'd' },
    enqueuedTimeUtc: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+$/),
    enqueuedTime: expect.stringMatching(/\+00:00$/),
  });
  expect(metadata).not.toHaveProperty('sessionId');
  expect(await ended('job-1')).toMatchObject([{ succeeded: true, correlationId: 'trace-1' }]);
});

test('a numeric MessageId arrives as a number: the library parses every text', async () => {
  await harness.sendJson('jobs', 'a text', { messageId: '123' });
  expect(await harness.jobReport(123)).toMatchObject({ message: 'a text' });
});

test.each([
  ['json', '{ "a": [1.50] }', { a: [1.5] }],
  ['text', 'no JSON {', 'no JSON {'],
  ['empty', '', ''],
])('a data body that is %s arrives as the library makes it', async (id, text, message) => {
  await harness.send('jobs', { body: Buffer.from(text), messageId: `data-${id}` });
  expect(await harness.jobReport(`data-${id}`)).toMatchObject({ message });
});

test('an AMQP value that is text arrives like text', async () => {
  await harness.send('jobs', {
    bodyType: 'value',
    body: '{"a":1}',
    properties: { messageId: 'value-text' },
  });
  expect(await harness.jobReport('value-text')).toMatchObject({ message: { a: 1 } });
});

test.each([
  ['value', 5],
  ['sequence', [1, 'b']],
] as const)(
  'an AMQP %s %j is dead-lettered, and no function ever sees it',
  async (bodyType, body) => {
    const messageId = `${bodyType}-${String(body)}`;
    await harness.send('jobs', { bodyType, body, properties: { messageId } });
    const runs = await ended(messageId, 3);
    expect(runs.map(({ error }) => error)).toEqual(
      Array(3).fill(expect.stringContaining('cannot be bound to a string')),
    );
    expect(await harness.take('jobs', 'deadLetter')).toMatchObject({ messageId });
  },
);

test('the fields of a JSON body hide the metadata, in any letter case, where the trigger passes text', async () => {
  const body = { MESSAGEID: 'victim-1', sequencenumber: 7, more: { A: 1 }, list: [1], none: null };
  await harness.sendJson('jobs', body, { messageId: 'caller-1' });
  const { metadata } = await harness.jobReport('victim-1');
  expect(metadata).toMatchObject({ messageId: 'victim-1', sequenceNumber: 7, more: { a: 1 } });
  expect(metadata).not.toHaveProperty('list');
  expect(metadata).not.toHaveProperty('none');
});

test('no field of a body hides anything from a trigger that passes bytes, or the message itself', async () => {
  const body = { messageId: 'victim-1' };
  await harness.startHost({}, 'other-bindings');
  await harness.sendJson('bytes', body, { messageId: 'bytes-1' });
  const [bytes] = await harness.recorder.take(
    'log',
    (e) => e.category === 'Function.readBytes.User',
  );
  expect(JSON.parse(bytes?.message ?? '')).toEqual({ id: 'bytes-1', text: JSON.stringify(body) });

  await harness.sendJson('messages', body, { messageId: '1e3' });
  const [message] = await harness.recorder.take(
    'log',
    (e) => e.category === 'Function.readMessage.User',
  );
  const { id, lockToken, decoded } = JSON.parse(message?.message ?? '');
  // The library parses metadata; what is in the message stays as it was sent.
  expect(id).toBe(1_000);
  expect(decoded).toEqual({ id: '1e3', text: JSON.stringify(body) });
  expect(lockToken).toMatch(/^(?!0{32})[0-9a-f]{32}$/);
});

test('a function with a message trigger can be run by hand, with a message that was in no queue', async () => {
  await host.invoke('runJob', '{"by":"hand"}');
  const [log] = await harness.recorder.take('log', ({ message }) =>
    message.includes('"by":"hand"'),
  );
  const { metadata } = JSON.parse(log?.message ?? '');
  expect(metadata).toMatchObject({ sequenceNumber: -1 });
  expect(metadata).not.toHaveProperty('messageId');
});

test('a message sent without MessageId is handled like any other', async () => {
  await harness.send('jobs', { bodyType: 'data', body: '{"nameless":true}' });
  const [log] = await harness.recorder.take('log', ({ message }) => message.includes('nameless'));
  const [run] = await harness.recorder.take(
    'invocation-ended',
    ({ id }) => id === log?.invocationId,
  );
  expect(run?.succeeded).toBe(true);
});

test("a topic's subscription is listened to", async () => {
  await harness.sendJson('news', { headline: 'x' });
  const [log] = await harness.recorder.take('log', (e) => e.category === 'Function.hearNews.User');
  expect(log?.message).toBe('{"message":{"headline":"x"}}');
});

test('a message whose function throws is abandoned at once, until it is dead-lettered', async () => {
  await harness.sendJson('jobs', { do: 'throw' }, { messageId: 'bad' });
  const runs = await ended('bad', 3);
  expect(runs.map(({ succeeded, error }) => [succeeded, error])).toEqual(
    Array(3).fill([false, 'This job cannot be done.']),
  );
  const counts = harness.recorder
    .all('log', ({ category, message }) => category.endsWith('.User') && message.includes('"bad"'))
    .map(({ message }) => JSON.parse(message).metadata.deliveryCount);
  expect(counts).toEqual([1, 2, 3]);
  const deadLetter = await harness.take('jobs', 'deadLetter');
  expect(deadLetter).toMatchObject({
    messageId: 'bad',
    deadLetterReason: 'MaxDeliveryCountExceeded',
  });
});

test('no more messages are handled at once than maxConcurrentCalls allows', async () => {
  const ids = ['c1', 'c2', 'c3', 'c4', 'c5'];
  const isOne = (event: { messageId?: string }) => ids.includes(event.messageId ?? '');
  const messages = ids.map((messageId) => ({ body: { do: 'hold', gate: 'crowd' }, messageId }));
  await harness.send('jobs', messages);
  await harness.recorder.take('invocation-started', isOne, 2);
  await harness.sendJson('gates', { gate: 'crowd' });
  await harness.recorder.take('invocation-ended', isOne, ids.length);

  let running = 0;
  let most = 0;
  for (const event of harness.recorder.events) {
    if (event.type === 'invocation-started' && isOne(event)) running += 1;
    if (event.type === 'invocation-ended' && isOne(event)) running -= 1;
    most = Math.max(most, running);
  }
  expect(most).toBe(2);
});

test('a host that is stopped lets running invocations finish, and returns their messages and the prefetched ones', async () => {
  const isOne = (event: { messageId?: string }) => event.messageId?.startsWith('last') === true;
  const messages = ['last-1', 'last-2', 'last-3'].map((messageId) => ({
    body: { do: 'hold', gate: 'stopping' },
    messageId,
  }));
  await harness.send('jobs', messages);
  await harness.recorder.take('invocation-started', isOne, 2);
  await expect(host.stop()).resolves.toEqual({ exitCode: 0 });
  const runs = harness.recorder.all('invocation-ended', isOne);
  expect(runs.map(({ succeeded }) => succeeded)).toEqual([true, true]);
  const back = [await harness.take('jobs'), await harness.take('jobs'), await harness.take('jobs')];
  expect(back.map(({ messageId }) => messageId).sort()).toEqual(['last-1', 'last-2', 'last-3']);
  expect(await harness.peek('jobs')).toEqual([]);
});

test('a message whose host was killed is delivered again when its lock has ended', async () => {
  const first = await harness.startHost();
  await harness.sendJson('jobs', { do: 'hold', gate: 'after-crash' }, { messageId: 'survivor' });
  const before = await harness.jobReport('survivor');
  await first.kill();
  harness.recorder.events.length = 0;
  await harness.startHost();
  clock.advance(60_000);
  await harness.sendJson('gates', { gate: 'after-crash' });
  expect(await ended('survivor')).toMatchObject([{ succeeded: true }]);
  const after = await harness.jobReport('survivor');
  expect([before, after].map(({ metadata }) => metadata['deliveryCount'])).toEqual([1, 2]);
});
