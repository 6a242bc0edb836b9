import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { messageName } from '../../src/service-bus/message-name.ts';
import { serviceBusMessenger } from '../../src/service-bus/messenger.ts';
import type { Senders } from '../../src/service-bus/senders.ts';
import { parseCheck } from '../../src/teardown/model/check-message.ts';
import { MAX_MESSAGE_ID_LENGTH, messageIdOf } from '../../src/teardown/model/message-ids.ts';
import { aCheck, NOW_MS } from '../teardown/builders.ts';

const origin = { sandboxTenantId: 'tenant', portalUrl: 'https://portal.example' };

function messenger() {
  const sent: { entity: string; message: Parameters<Senders['send']>[1] }[] = [];
  const senders: Senders = {
    send: async (entity, message) => void sent.push({ entity, message }),
  };
  return { sent, messenger: serviceBusMessenger(senders, origin, () => NOW_MS) };
}

function dataOf(event: unknown) {
  return v.parse(eventWithLists, event).data;
}

const eventWithLists = v.object({
  data: v.looseObject({
    orderIds: v.optional(v.array(v.string())),
    leftOut: v.optional(v.unknown()),
  }),
});

describe('a message id', () => {
  it('is the teardown id and the purpose of the message', () => {
    expect(messageIdOf('teardown-1', 'check:3')).toBe('teardown-1:check:3');
  });

  it('always fits, and differs for different teardowns and different purposes', () => {
    const id = fc.string({ minLength: 1, maxLength: 128 });
    const suffix = fc.constantFrom('outcome', 'check:1', 'check:12');
    fc.assert(
      fc.property(id, suffix, id, suffix, (idA, suffixA, idB, suffixB) => {
        const a = messageIdOf(idA, suffixA);
        expect(a.length).toBeLessThanOrEqual(MAX_MESSAGE_ID_LENGTH);
        if (suffixA === suffixB && idA !== idB) expect(a).not.toBe(messageIdOf(idB, suffixB));
        if (idA === idB && suffixA !== suffixB) expect(a).not.toBe(messageIdOf(idB, suffixB));
      }),
      { seed: 20261122 },
    );
  });
});

describe('the MessageId of another message', () => {
  const long = 'x'.repeat(125);

  it('is not equal to the hash of a long id', () => {
    const hash = messageIdOf(long, 'outcome').replace(':outcome', '');
    expect(hash).toMatch(/^sha256-[0-9a-f]{64}$/);
    expect(messageIdOf(hash, 'outcome')).not.toBe(messageIdOf(long, 'outcome'));
  });

  it('is not equal to the name of a message without an id', () => {
    const unnamed = messageName({ messageId: undefined, sequenceNumber: 5n });
    expect(messageName({ messageId: unnamed, sequenceNumber: 6n })).not.toBe(unnamed);
  });
});

describe('a check of a newer version', () => {
  it('is scheduled as it came, except for its number and its id', async () => {
    const { sent, messenger: outgoing } = messenger();
    const body = { format: 9, teardownId: 'teardown-1', attempt: 3, novel: ['x'] };
    const names = { teardownId: 'teardown-1', attempt: 4, startedMs: NOW_MS, postponedFrom: 3 };
    await outgoing.postponeCheck({ ...names, body }, 5_000);
    expect(sent).toMatchObject([
      {
        entity: 'teardown-checks',
        message: {
          messageId: 'teardown-1:check:4',
          correlationId: 'teardown-1',
          body: { ...body, attempt: 4, postponedFrom: 3 },
          scheduledEnqueueTimeUtc: new Date(NOW_MS + 5_000),
        },
      },
    ]);
  });
});

describe('a check', () => {
  it('is scheduled under an id with its attempt, and reads back as the same check', async () => {
    const { sent, messenger: outgoing } = messenger();
    const next = aCheck({ attempt: 3, begun: true, domain: 'contoso.onmicrosoft.com' });
    await outgoing.scheduleCheck(next, 5_000);
    expect(sent).toMatchObject([
      {
        entity: 'teardown-checks',
        message: {
          messageId: 'teardown-1:check:3',
          scheduledEnqueueTimeUtc: new Date(NOW_MS + 5_000),
        },
      },
    ]);
    const body: unknown = JSON.parse(JSON.stringify(sent[0]?.message.body));
    expect(parseCheck(body)).toEqual({ ok: true, value: next });
  });
});

describe('an outcome', () => {
  it('is a CloudEvent whose message names its kind and its teardown', async () => {
    const { sent, messenger: outgoing } = messenger();
    await outgoing.publishOutcome(
      {
        teardownId: 'teardown-1',
        customerTenantId: 'customer',
        startedMs: NOW_MS,
        endedMs: NOW_MS + 1_000,
        checks: 2,
      },
      { kind: 'deleted', reason: 'released', explanation: 'Gone.' },
    );
    expect(sent).toEqual([
      {
        entity: 'teardown-outcomes',
        message: {
          messageId: 'teardown-1:outcome',
          correlationId: 'teardown-1',
          subject: 'deleted',
          contentType: 'application/cloudevents+json',
          body: {
            specversion: '1.0',
            id: 'teardown-1:outcome',
            source: 'urn:sandbox-teardown:tenant',
            type: 'sandbox.teardown.deleted',
            subject: 'customer',
            time: '2026-11-22T02:00:01.000Z',
            datacontenttype: 'application/json',
            data: {
              teardownId: 'teardown-1',
              customerTenantId: 'customer',
              checks: 2,
              outcome: 'deleted',
              reason: 'released',
              explanation: 'Gone.',
              startedAt: '2026-11-22T02:00:00.000Z',
              endedAt: '2026-11-22T02:00:01.000Z',
            },
          },
        },
      },
    ]);
  });

  it('that needs a person has a link to the customer', async () => {
    const { sent, messenger: outgoing } = messenger();
    const about = { teardownId: 'teardown-1', startedMs: NOW_MS, endedMs: NOW_MS, checks: 1 };
    const parked = { kind: 'parked', reason: 'deadline', explanation: '', nextStep: '' } as const;
    await outgoing.publishOutcome(about, parked);
    expect(sent[0]?.message.body).toMatchObject({ data: { portal: 'https://portal.example' } });
  });

  it('fits into a message however many orders it names, and counts the omitted ones', async () => {
    const { sent, messenger: outgoing } = messenger();
    const many = (name: string) =>
      Array.from({ length: 2_000 }, (_each, index) => `${name} ${index} `.padEnd(200, '\u00e9'));
    await outgoing.publishOutcome(
      { teardownId: 'teardown-1', startedMs: NOW_MS, endedMs: NOW_MS, checks: 1 },
      {
        ...{ kind: 'parked', reason: 'cannot-cancel', nextStep: '' },
        explanation: many('order').join('; '),
        orderIds: many('order'),
        blockers: many('blocker'),
      },
    );
    const [event] = sent;
    expect(Buffer.byteLength(JSON.stringify(event?.message.body))).toBeLessThan(200 * 1024);
    const { orderIds = [], leftOut } = dataOf(event?.message.body);
    expect(orderIds.length).toBeGreaterThan(100);
    expect(orderIds).toEqual(many('order').slice(0, orderIds.length));
    expect(leftOut).toEqual({
      orderIds: 2_000 - orderIds.length,
      blockers: expect.any(Number),
    });
  });

  it('has no counts for complete lists', async () => {
    const { sent, messenger: outgoing } = messenger();
    await outgoing.publishOutcome(
      { teardownId: 'teardown-1', startedMs: NOW_MS, endedMs: NOW_MS, checks: 1 },
      {
        ...{ kind: 'parked', reason: 'cannot-cancel', nextStep: '', explanation: '' },
        orderIds: ['order-1'],
      },
    );
    expect(dataOf(sent[0]?.message.body)).toMatchObject({ orderIds: ['order-1'] });
    expect(dataOf(sent[0]?.message.body)).not.toHaveProperty('leftOut');
  });
});
