import { describe, expect, it } from 'vitest';
import { CHECK_FORMAT, checkBodyOf } from '../../src/teardown/model/check.ts';
import { aCheck, DAY_MS } from '../teardown/builders.ts';
import { embeddedApp } from './embedded-app.ts';

/** Ids that read as JSON, and come out of a worker as something else. */
const IDS = ['1e3', '1.0', '"abc"', 'null', '-0', '12345678901234567890', '{"a":1}', 'true'];

describe('one message, one teardown, one outcome', () => {
  it('a message gets no name from a field of its body', async () => {
    const app = await embeddedApp();
    const collected = app.outcomes(3);
    await app.start();
    const { customerId } = app.sandbox.addCustomer({});
    for (const [messageId, more] of [
      ['caller-1', { messageId: 'victim-1' }],
      ['caller-2', { MESSAGEID: 'victim-1', sequenceNumber: 1 }],
      ['victim-1', {}],
    ] as const) {
      await app.send({ body: { customerTenantId: customerId, dryRun: true, ...more }, messageId });
    }
    const outcomes = new Map((await collected).map((each) => [each.teardownId, each.subject]));
    expect(Object.fromEntries(outcomes)).toEqual({
      'caller-1': 'rejected',
      'caller-2': 'rejected',
      'victim-1': 'planned',
    });
  });

  it('a message has the name it was sent with, at its trigger and as a dead letter', async () => {
    const app = await embeddedApp();
    const { customerId } = app.sandbox.addCustomer({});
    const first = app.outcomes(IDS.length);
    const host = await app.start();
    const body = { customerTenantId: customerId, dryRun: true };
    for (const messageId of IDS) await app.send({ body, messageId });
    expect((await first).map(({ teardownId }) => teardownId).toSorted()).toEqual(IDS.toSorted());

    const second = app.outcomes(IDS.length);
    const dead = (messageId: string) => `${messageId} `;
    await host.stop();
    for (const messageId of IDS) await app.send({ body: 'noise', messageId: dead(messageId) });
    const receiver = app.client.createReceiver('teardown-requests');
    for (const message of await receiver.receiveMessages(IDS.length)) {
      await receiver.deadLetterMessage(message);
    }
    await receiver.close();
    const again = await app.start();
    await again.invoke('parkDeadLetters');
    expect((await second).map(({ teardownId }) => teardownId).toSorted()).toEqual(
      IDS.map(dead).toSorted(),
    );
  });

  it('a run by hand has no message: it is refused with a reason, and sends nothing', async () => {
    const app = await embeddedApp();
    const { customerId } = app.sandbox.addCustomer({});
    const host = await app.start();
    const body = JSON.stringify({ customerTenantId: customerId });
    for (const name of ['cancelOrders', 'deleteCustomer']) {
      await expect(host.invoke(name, body)).rejects.toThrow('This run was started by hand');
    }
    const { namespace } = app.stack.broker;
    expect(namespace.counts('teardown-checks').active).toBe(0);
    expect(namespace.counts('teardown-outcomes/Subscriptions/audit').active).toBe(0);
    expect(app.sandbox.state().customers).toHaveLength(1);
  });

  it('a teardown whose next check a stranger displaced is reported at once, under the id of the displacing message', async () => {
    const app = await embeddedApp();
    const { customerId } = app.sandbox.addCustomer({ purchases: [{ kind: 'reservation' }] });
    const collected = app.outcomes(2);
    await app.start();
    const checks = app.client.createSender('teardown-checks');
    const forged = checkBodyOf(aCheck({ teardownId: 'victim-1', attempt: 9, begun: true }));
    await checks.sendMessages({ body: 'noise', messageId: 'victim-1:check:1' });
    await checks.sendMessages({ body: forged, messageId: 'victim-2:check:1' });
    await app.send({ body: { customerTenantId: customerId }, messageId: 'victim-1' });
    const outcomes = new Map((await collected).map((each) => [each.teardownId, each]));
    for (const name of ['victim-1', 'victim-2']) {
      expect(outcomes.get(`${name}:check:1`)).toMatchObject({
        subject: 'rejected',
        data: {
          reason: 'foreign-check',
          possiblyDisplaced: name,
          nextStep: expect.stringContaining('under a new MessageId'),
        },
      });
    }
  });

  it('a teardown whose next check was displaced by one of a newer format is reported at once, and ends', async () => {
    const app = await embeddedApp();
    const { customerId } = app.sandbox.addCustomer({ purchases: [{ kind: 'reservation' }] });
    const collected = app.outcomes(3);
    await app.start();
    const checks = app.client.createSender('teardown-checks');
    const newer = (teardownId: string, ageMs: number) => ({
      body: {
        ...{ format: CHECK_FORMAT + 1, teardownId, attempt: 1 },
        startedAt: new Date(Date.now() - ageMs).toISOString(),
      },
      messageId: `${teardownId}:check:1`,
    });
    await checks.sendMessages(newer('victim-1', 0));
    await checks.sendMessages(newer('victim-2', 8 * DAY_MS));
    for (const messageId of ['victim-1', 'victim-2']) {
      await app.send({ body: { customerTenantId: customerId }, messageId });
    }
    const outcomes = new Map((await collected).map((each) => [each.teardownId, each]));
    for (const possiblyDisplaced of ['victim-1', 'victim-2']) {
      expect(outcomes.get(`${possiblyDisplaced}:check:1`)).toMatchObject({
        subject: 'rejected',
        data: { reason: 'newer-check', possiblyDisplaced },
      });
    }
    expect(outcomes.get('victim-2')).toMatchObject({
      subject: 'parked',
      data: { reason: 'newer-version' },
    });
  });

  it('a message that a stranger sends to the checks under the name of a teardown does not answer for it', async () => {
    const app = await embeddedApp();
    const { customerId } = app.sandbox.addCustomer({});
    const collected = app.outcomes(2);
    await app.start();
    const checks = app.client.createSender('teardown-checks');
    await checks.sendMessages({ body: 'noise', messageId: 'victim-1' });
    const asked = { customerTenantId: customerId, dryRun: true };
    await app.send({ body: asked, messageId: 'victim-1' });
    const reasons = (await collected).map(({ data }) => data['reason']);
    // The true outcome is not dropped as a duplicate of the answer to the stranger.
    expect(reasons.toSorted()).toEqual(['dry-run', 'foreign-check']);
  });
});
