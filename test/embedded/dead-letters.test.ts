import type { ServiceBusClient, ServiceBusReceiver } from '@azure/service-bus';
import { describe, expect, it } from 'vitest';
import { embeddedApp } from './embedded-app.ts';

/** What ten failed deliveries do, in one step. */
async function kill(client: ServiceBusClient, queue: string, count: number): Promise<void> {
  const receiver: ServiceBusReceiver = client.createReceiver(queue);
  for (const message of await receiver.receiveMessages(count)) {
    await receiver.deadLetterMessage(message, {
      deadLetterReason: 'MaxDeliveryCountExceeded',
      deadLetterErrorDescription: 'It failed ten times.',
    });
  }
  await receiver.close();
}

describe('a message in a dead-letter queue', () => {
  it('parks the teardown that it would have begun, with the reason and the next step', async () => {
    const app = await embeddedApp();
    const { customerId } = app.sandbox.addCustomer({ purchases: [{ kind: 'reservation' }] });
    await app.send({ body: { customerTenantId: customerId }, messageId: 'dead' });
    await kill(app.client, 'teardown-requests', 1);
    const host = await app.start();
    await host.invoke('parkDeadLetters');
    expect(await app.outcomes(1)).toMatchObject([
      {
        teardownId: 'dead',
        subject: 'parked',
        data: {
          reason: 'dead-lettered',
          explanation: expect.stringContaining('MaxDeliveryCountExceeded: It failed ten times.'),
          nextStep: expect.stringContaining('under a new MessageId'),
        },
      },
    ]);
    expect(app.sandbox.state().writes).toEqual([]);
    expect(app.stack.broker.namespace.counts('teardown-requests').deadLettered).toBe(0);
  });

  it('that cannot be read is rejected, whatever kind of body it has', async () => {
    const app = await embeddedApp();
    const value = {
      bodyType: 'value',
      body: { a: 1 },
      properties: { messageId: 'value' },
    } as const;
    await app.send(value as never);
    await app.send({ body: Buffer.from([0xff, 0xfe]), messageId: 'bytes' });
    await kill(app.client, 'teardown-requests', 2);
    const host = await app.start();
    await host.invoke('parkDeadLetters');
    const outcomes = await app.outcomes(2);
    expect(new Set(outcomes.map(({ teardownId }) => teardownId))).toEqual(
      new Set(['value', 'bytes']),
    );
    expect(outcomes.map(({ subject }) => subject)).toEqual(['rejected', 'rejected']);
  });

  it('may be a check: its teardown ends according to the state of the customer', async () => {
    const app = await embeddedApp();
    const { customerId } = app.sandbox.addCustomer({
      purchases: [{ kind: 'reservation', neverCancels: true }],
    });
    const host = await app.start();
    await app.send({ body: { customerTenantId: customerId }, messageId: 'check' });
    await app.cancelled();
    await host.stop();
    // The host gives back what it had in hand, which may have led to the next check by then.
    await kill(app.client, 'teardown-checks', 2);
    const again = await app.start();
    await again.invoke('parkDeadLetters');
    expect(await app.outcomes(1)).toMatchObject([
      { teardownId: 'check', subject: 'parked', data: { reason: 'dead-lettered' } },
    ]);
    // The outcome comes first, and then the message that led to it is completed.
    await again.stop();
    expect(app.stack.broker.namespace.counts('teardown-checks')).toMatchObject({
      active: 0,
      deadLettered: 0,
    });
  });
});
