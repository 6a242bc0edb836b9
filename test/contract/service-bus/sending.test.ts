import type { ServiceBusReceiver, ServiceBusSender } from '@azure/service-bus';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isLocal, openTarget, QUEUE, type Target, TOPIC } from './target.ts';

const WAIT = { maxWaitTimeInMs: 60_000 };
const HOUR_MS = 3_600_000;

let target: Target;
let sender: ServiceBusSender;
let receiver: ServiceBusReceiver;

beforeAll(async () => {
  target = await openTarget();
  sender = target.client.createSender('teardown-checks');
  receiver = target.client.createReceiver('teardown-checks');
});

afterAll(() => target.close());

const inAnHour = (): Date => new Date(target.clock.nowMs() + HOUR_MS);

async function receiveBodies(): Promise<unknown[]> {
  const messages = await receiver.receiveMessages(10, { maxWaitTimeInMs: 50 });
  for (const message of messages) await receiver.completeMessage(message);
  return messages.map((message) => message.body);
}

describe('a scheduled message', () => {
  test('can be seen, is not delivered, and can be cancelled', async () => {
    const messageId = target.newId();
    const numbers = await sender.scheduleMessages({ body: 'later', messageId }, inAnHour());
    expect(await receiver.peekMessages(1)).toMatchObject([{ messageId, state: 'scheduled' }]);
    expect(await receiveBodies()).toEqual([]);
    await sender.cancelScheduledMessages(numbers);
    await expect(sender.cancelScheduledMessages(numbers)).rejects.toMatchObject({
      code: 'MessageNotFound',
    });
  });

  test('whose time has passed is delivered at once', async () => {
    const scheduledEnqueueTimeUtc = new Date(target.clock.nowMs() - HOUR_MS);
    await sender.sendMessages({ body: 'late', messageId: target.newId(), scheduledEnqueueTimeUtc });
    expect(await receiver.receiveMessages(1, WAIT).then(settled)).toEqual(['late']);
  });

  test.runIf(isLocal)('is delivered to who waits, whichever way it was scheduled', async () => {
    const scheduledEnqueueTimeUtc = inAnHour();
    await sender.sendMessages({
      body: 'annotated',
      messageId: target.newId(),
      scheduledEnqueueTimeUtc,
    });
    const scheduled = { body: 'requested', messageId: target.newId() };
    const [number] = await sender.scheduleMessages([scheduled], scheduledEnqueueTimeUtc);
    const waiting = receiver.receiveMessages(2, WAIT);
    target.clock.advance(HOUR_MS);
    const messages = await waiting;
    expect(await settled(messages)).toEqual(['annotated', 'requested']);
    expect(messages[1]?.sequenceNumber?.toNumber()).toBeGreaterThan(number?.toNumber() ?? Infinity);
    expect(messages[0]?.scheduledEnqueueTimeUtc).toEqual(scheduledEnqueueTimeUtc);
  });
});

async function settled(messages: Awaited<ReturnType<ServiceBusReceiver['receiveMessages']>>) {
  for (const message of messages) await receiver.completeMessage(message);
  return messages.map((message) => message.body);
}

describe('a MessageId that was used before', () => {
  test('is accepted and dropped', async () => {
    const messageId = target.newId();
    await sender.sendMessages({ body: 'first', messageId });
    await sender.sendMessages({ body: 'second', messageId });
    await sender.sendMessages([{ body: 'third', messageId }]);
    expect(await settled(await receiver.receiveMessages(1, WAIT))).toEqual(['first']);
    expect(await receiveBodies()).toEqual([]);
  });

  test('counts from when it was scheduled, and a dropped schedule has a number that names nothing', async () => {
    const messageId = target.newId();
    const first = await sender.scheduleMessages({ body: 'first', messageId }, inAnHour());
    await sender.sendMessages({ body: 'second', messageId });
    const third = await sender.scheduleMessages({ body: 'third', messageId }, inAnHour());
    expect(third).toHaveLength(1);
    expect(await receiveBodies()).toEqual([]);
    await sender.cancelScheduledMessages(first);
    await expect(sender.cancelScheduledMessages(third)).rejects.toMatchObject({
      code: 'MessageNotFound',
    });
  });
});

describe('Service Bus refuses', () => {
  test('a message that is too large', async () => {
    await expect(sender.sendMessages({ body: 'x'.repeat(300_000) })).rejects.toMatchObject({
      code: 'MessageSizeExceeded',
    });
    const batch = await sender.createMessageBatch();
    expect(batch.tryAddMessage({ body: 'x'.repeat(300_000) })).toBe(false);
  });

  test('a queue that does not exist', async () => {
    const notFound = { code: 'MessagingEntityNotFound' };
    const { client } = target;
    await expect(client.createSender('nope').sendMessages({ body: 1 })).rejects.toMatchObject(
      notFound,
    );
    await expect(client.createReceiver('nope').receiveMessages(1, WAIT)).rejects.toMatchObject(
      notFound,
    );
    await expect(client.createReceiver('nope').peekMessages(1)).rejects.toMatchObject(notFound);
  });

  test('a session on a queue that has none', async () => {
    await expect(target.client.acceptSession(QUEUE, 'a')).rejects.toThrow();
    await expect(target.client.acceptNextSession(QUEUE)).rejects.toThrow();
  });
});

describe('a topic', () => {
  test('gives each subscription what its rules let through', async () => {
    const outcomes = target.client.createSender(TOPIC);
    await outcomes.sendMessages(
      ['deleted', 'parked', 'rejected'].map((subject) => ({
        body: subject,
        subject,
        messageId: target.newId(),
      })),
    );
    const subjects = async (subscription: string, count: number) => {
      const from = target.client.createReceiver(TOPIC, subscription);
      const messages = await from.receiveMessages(count, WAIT);
      for (const message of messages) await from.completeMessage(message);
      await from.close();
      return messages.map((message) => message.subject);
    };
    expect(await subjects('audit', 3)).toEqual(['deleted', 'parked', 'rejected']);
    expect(await subjects('attention', 2)).toEqual(['parked', 'rejected']);
  });

  test.runIf(isLocal)('can be given other rules, but for SQL', async () => {
    const rules = target.client.createRuleManager(TOPIC, 'audit');
    const filter = { correlationId: 'mine', applicationProperties: { team: 'a' } };
    await rules.createRule('mine', filter);
    const listed = [];
    for await (const rule of rules.listRules()) listed.push([rule.name, rule.filter]);
    expect(listed).toEqual([
      ['$Default', { sqlExpression: '1=1' }],
      ['mine', expect.objectContaining(filter)],
    ]);
    await expect(rules.createRule('sql', { sqlExpression: 'a > 1' })).rejects.toThrow(
      /knows no SQL filters/,
    );
    await expect(
      rules.createRule('act', { sqlExpression: '1=1' }, { sqlExpression: 'SET a = 1' }),
    ).rejects.toThrow(/no rule actions/);
    await rules.deleteRule('mine');
    await expect(rules.deleteRule('mine')).rejects.toThrow(/no rule "mine"/);
  });
});
