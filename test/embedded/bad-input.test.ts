import type { AmqpAnnotatedMessage } from '@azure/core-amqp';
import type { ServiceBusMessage } from '@azure/service-bus';
import { describe, expect, it, vi } from 'vitest';
import { embeddedApp } from './embedded-app.ts';

const CUSTOMER = '11111111-2222-3333-4444-555555555555';
const asValue = (body: unknown): AmqpAnnotatedMessage => ({ bodyType: 'value', body });

/** Each of these must end as a rejected outcome whose message says what was wrong. */
const bad: Readonly<
  Record<string, { message: ServiceBusMessage | AmqpAnnotatedMessage; problem: RegExp }>
> = {
  'malformed JSON': {
    message: { body: Buffer.from('{"customerTenantId":') },
    problem: /not a JSON object but text/,
  },
  'a wrong type': { message: { body: { customerTenantId: 7 } }, problem: /must be text/ },
  'not a GUID': { message: { body: { customerTenantId: 'contoso' } }, problem: /must be a GUID/ },
  'a mistyped field': {
    message: { body: { customerTenantId: CUSTOMER, dryrun: true } },
    problem: /did you mean "dryRun"/,
  },
  '200 KB of noise': {
    message: {
      body: Buffer.from(Array.from({ length: 200_000 }, (_, index) => (index * 7919) % 256)),
    },
    problem: /not a JSON object but text/,
  },
  'an empty body': { message: { body: Buffer.alloc(0) }, problem: /no body/ },
  'a list': { message: { body: [CUSTOMER] }, problem: /an array/ },
  'an AMQP value with text': { message: asValue('noise'), problem: /not a JSON object but text/ },
  'UTF-16': {
    message: { body: Buffer.from('\ufeff{"customerTenantId":7}', 'utf16le') },
    problem: /is UTF-16; send UTF-8 JSON/,
  },
  'a name twice': {
    message: {
      body: Buffer.from(`{"dryRun":true,"customerTenantId":"${CUSTOMER}","dryRun":false}`),
    },
    problem: /has the name "dryRun" twice/,
  },
  'a domain of blanks': {
    message: { body: { customerTenantId: CUSTOMER, expectedDomain: ' ' } },
    problem: /"expectedDomain" must not be empty/,
  },
};

/** The host can bind none of these to anything, so that each becomes a dead letter. */
const unbound: Readonly<Record<string, AmqpAnnotatedMessage>> = {
  'an AMQP value with a map': asValue({ customerTenantId: CUSTOMER }),
  'an AMQP sequence': { bodyType: 'sequence', body: [[CUSTOMER]] },
};

describe('bad input', () => {
  it('of every kind ends as a rejected outcome with a message, and the next message is handled', async () => {
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
    for (const [name, { problem }] of Object.entries(bad)) {
      const outcome = outcomes.get(`bad: ${name}`);
      expect(outcome, name).toMatchObject({
        subject: 'rejected',
        data: { reason: 'malformed-message', nextStep: expect.any(String) },
      });
      expect(outcome?.data['explanation'], name).toMatch(problem);
    }
    expect(outcomes.get('good')?.subject).toBe('deleted');
    expect(app.sandbox.state().customers).toEqual([]);
    expect(app.stack.broker.namespace.counts('teardown-requests')).toMatchObject({
      deadLettered: 0,
    });
  });

  it('without a MessageId, or with a number as MessageId, is answered all the same', async () => {
    const app = await embeddedApp();
    const collected = app.outcomes(2);
    await app.start();
    await app.send({ body: 'noise', messageId: '123' });
    await app.send({ body: 'noise' });
    const ids = (await collected).map(({ teardownId }) => teardownId);
    expect(ids).toContain('123');
    expect(ids).toHaveLength(2);
  });

  it('that no binding accepts is rejected as a dead letter, with a message', async () => {
    const app = await embeddedApp();
    const names = Object.keys(unbound);
    const collected = app.outcomes(names.length);
    const host = await app.start();
    for (const [name, message] of Object.entries(unbound)) await app.send(withId(message, name));
    const { namespace } = app.stack.broker;
    await vi.waitFor(
      () => expect(namespace.counts('teardown-requests').deadLettered).toBe(names.length),
      { timeout: 300_000 },
    );
    await host.invoke('parkDeadLetters');
    for (const { teardownId, subject, data } of await collected) {
      expect(names).toContain(teardownId);
      expect(subject).toBe('rejected');
      const kind = teardownId.includes('sequence') ? 'AMQP sequence' : 'AMQP value';
      expect(data['explanation']).toContain(`is an ${kind}; send UTF-8 JSON in a data section.`);
    }
  });

  it('with a MessageId of maximum length ends in an outcome that names it', async () => {
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
