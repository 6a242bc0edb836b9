import type { AmqpAnnotatedMessage } from '@azure/core-amqp';
import type { ServiceBusMessage } from '@azure/service-bus';
import { describe, expect, it } from 'vitest';
import { embeddedApp } from './embedded-app.ts';

const CUSTOMER = '11111111-2222-3333-4444-555555555555';
const asValue = (body: unknown): AmqpAnnotatedMessage => ({ bodyType: 'value', body });

/** Each of these must end as a rejected outcome whose sentence says what was wrong. */
const bad: Readonly<
  Record<string, { message: ServiceBusMessage | AmqpAnnotatedMessage; sentence: RegExp }>
> = {
  'malformed JSON': {
    message: { body: Buffer.from('{"customerTenantId":') },
    sentence: /not a JSON object but text/,
  },
  'a wrong type': { message: { body: { customerTenantId: 7 } }, sentence: /must be text/ },
  'not a GUID': { message: { body: { customerTenantId: 'contoso' } }, sentence: /must be a GUID/ },
  'a mistyped field': {
    message: { body: { customerTenantId: CUSTOMER, dryrun: true } },
    sentence: /did you mean "dryRun"/,
  },
  '200 KB of noise': {
    message: {
      body: Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * 7919) % 256)),
    },
    sentence: /not a JSON object but text/,
  },
  'an empty body': { message: { body: Buffer.alloc(0) }, sentence: /no body/ },
  'a list': { message: { body: [CUSTOMER] }, sentence: /an array/ },
  'an AMQP value with a map': {
    message: asValue({ customerTenantId: CUSTOMER }),
    sentence: /not a JSON object but text.*AMQP value/,
  },
  'an AMQP value with text': {
    message: asValue(JSON.stringify({ customerTenantId: CUSTOMER })),
    sentence: /not a JSON object but text.*AMQP value/,
  },
  'an AMQP sequence': {
    message: { bodyType: 'sequence', body: [[CUSTOMER]] },
    sentence: /not a JSON object but text.*AMQP sequence/,
  },
};

describe('bad input', () => {
  it('of every kind ends as a rejected outcome with a sentence, and the next message is handled', async () => {
    const app = await embeddedApp();
    const { customerId } = app.sandbox.addCustomer({});
    const names = Object.keys(bad);
    const collected = app.outcomes(names.length + 1);
    await app.start();
    for (const [name, { message }] of Object.entries(bad)) {
      await app.send(withId(message, `bad: ${name}`));
    }
    await app.send({ body: { customerTenantId: customerId }, messageId: 'good' });
    const outcomes = new Map((await collected).map((each) => [each.teardownId, each]));
    for (const [name, { sentence }] of Object.entries(bad)) {
      const outcome = outcomes.get(`bad: ${name}`);
      expect(outcome, name).toMatchObject({
        subject: 'rejected',
        data: { reason: 'malformed-message', nextStep: expect.any(String) },
      });
      expect(outcome?.data['explanation'], name).toMatch(sentence);
    }
    expect(outcomes.get('good')?.subject).toBe('deleted');
    expect(app.sandbox.state().customers).toEqual([]);
    expect(app.stack.broker.namespace.counts('teardown-requests')).toMatchObject({
      deadLettered: 0,
    });
  });

  it('without a MessageId, or with a number for one, is answered all the same', async () => {
    const app = await embeddedApp();
    const collected = app.outcomes(2);
    await app.start();
    await app.send({ body: 'noise', messageId: '123' });
    await app.send({ body: 'noise' });
    const ids = (await collected).map(({ teardownId }) => teardownId);
    expect(ids).toContain('123');
    expect(ids).toHaveLength(2);
  });

  it('whose MessageId does not survive the worker is answered under its place in the queue', async () => {
    const app = await embeddedApp();
    const { customerId } = app.sandbox.addCustomer({});
    const collected = app.outcomes(2);
    await app.start();
    for (const messageId of ['12345678901234567890', '12345678901234567891']) {
      await app.send({ body: { customerTenantId: customerId, dryRun: true }, messageId });
    }
    const outcomes = await collected;
    expect(new Set(outcomes.map(({ teardownId }) => teardownId)).size).toBe(2);
    expect(outcomes).toMatchObject(
      Array(2).fill({
        subject: 'rejected',
        data: { explanation: expect.stringContaining('The MessageId reads as JSON') },
      }),
    );
  });

  it('with the longest MessageId there is ends in an outcome that names it', async () => {
    const app = await embeddedApp();
    const { customerId } = app.sandbox.addCustomer({});
    const collected = app.outcomes(1);
    await app.start();
    const messageId = 'x'.repeat(128);
    await app.send({ body: { customerTenantId: customerId }, messageId });
    expect(await collected).toMatchObject([{ teardownId: messageId, subject: 'deleted' }]);
  });

  it('larger than the entity allows is refused at the sender', async () => {
    const app = await embeddedApp();
    await expect(app.send({ body: Buffer.alloc(300 * 1024) })).rejects.toMatchObject({
      code: 'MessageSizeExceeded',
    });
  });
});

function withId(
  message: ServiceBusMessage | AmqpAnnotatedMessage,
  messageId: string,
): ServiceBusMessage {
  return 'bodyType' in message
    ? ({ ...message, properties: { messageId } } as unknown as ServiceBusMessage)
    : ({ ...message, messageId } as ServiceBusMessage);
}
