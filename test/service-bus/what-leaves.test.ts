import type { ServiceBusMessage } from '@azure/service-bus';
import rhea, { type Typed } from 'rhea';
import { describe, expect, it } from 'vitest';
import { keepSecret } from '../../src/redaction/known-secrets.ts';
import { messageName } from '../../src/service-bus/message-name.ts';
import { serviceBusMessenger } from '../../src/service-bus/messenger.ts';
import { BINDING_SOURCE, fromModelBindingData } from '../../src/service-bus/model-binding-data.ts';
import { aCheck, CUSTOMER_ID, NOW_MS } from '../teardown/builders.ts';
import { encodeValue } from './encode-value.ts';

const { types } = rhea;

function sending() {
  const sent: { entity: string; message: ServiceBusMessage }[] = [];
  const messenger = serviceBusMessenger(
    { send: async (entity, message) => void sent.push({ entity, message }) },
    { sandboxTenantId: 'tenant', portalUrl: 'https://portal.example' },
    () => NOW_MS,
  );
  return { sent, messenger };
}

describe('a request of a sweep', () => {
  it('is sent under its own id, now or later', async () => {
    const { sent, messenger } = sending();
    const request = { customerTenantId: CUSTOMER_ID };
    await messenger.sendRequest('sweep-1', request, 0);
    await messenger.sendRequest('sweep-2', request, 1);
    const common = { body: request, contentType: 'application/json' };
    expect(sent).toEqual([
      {
        entity: 'teardown-requests',
        message: { ...common, messageId: 'sweep-1', correlationId: 'sweep-1' },
      },
      {
        entity: 'teardown-requests',
        message: {
          ...common,
          messageId: 'sweep-2',
          correlationId: 'sweep-2',
          scheduledEnqueueTimeUtc: new Date(NOW_MS + 1),
        },
      },
    ]);
  });
});

describe('a check', () => {
  it('is JSON, and names its teardown', async () => {
    const { sent, messenger } = sending();
    await messenger.scheduleCheck(aCheck({ attempt: 1 }), 0);
    expect(sent[0]?.message).toMatchObject({
      contentType: 'application/json',
      correlationId: 'teardown-1',
    });
    expect(sent[0]?.message).not.toHaveProperty('scheduledEnqueueTimeUtc');
  });
});

describe('an event', () => {
  const about = { teardownId: 'a:b', startedMs: NOW_MS - 1, endedMs: NOW_MS, checks: 1 };

  it('keeps the id of its teardown unchanged, and no other secret', async () => {
    const { sent, messenger } = sending();
    const secret = keepSecret('an-id-that-is-also-a-secret');
    const outcome = {
      kind: 'rejected',
      reason: 'foreign-check',
      explanation: secret,
      nextStep: 'x',
      received: secret,
    } as const;
    await messenger.publishOutcome({ ...about, teardownId: secret }, outcome);
    const { body, ...rest } = sent[0]?.message ?? expect.unreachable();
    expect(rest).toEqual({
      messageId: `${secret}:foreign-check`,
      correlationId: secret,
      subject: 'rejected',
      contentType: 'application/cloudevents+json',
    });
    expect(body).toMatchObject({
      id: `${secret}:foreign-check`,
      data: { teardownId: secret, explanation: '[secret]', received: '[secret]' },
    });
    expect(body).not.toHaveProperty('subject');
  });

  it('of a sweep has its own id, without a teardown', async () => {
    const { sent, messenger } = sending();
    const event = {
      ...{ id: 'sweep-1:x:announced', kind: 'announced', endedMs: NOW_MS, firstDueMs: NOW_MS + 1 },
      customers: [{ id: CUSTOMER_ID }],
    } as unknown as Parameters<typeof messenger.publishSweep>[0];
    await messenger.publishSweep(event);
    expect(sent).toEqual([
      {
        entity: 'teardown-outcomes',
        message: {
          messageId: 'sweep-1:x:announced',
          correlationId: 'sweep-1:x',
          subject: 'announced',
          contentType: 'application/cloudevents+json',
          body: {
            specversion: '1.0',
            id: 'sweep-1:x:announced',
            source: 'urn:sandbox-teardown:tenant',
            type: 'sandbox.sweep.announced',
            time: new Date(NOW_MS).toISOString(),
            datacontenttype: 'application/json',
            data: {
              customers: [{ id: CUSTOMER_ID }],
              firstDueAt: new Date(NOW_MS + 1).toISOString(),
            },
          },
        },
      },
    ]);
  });
});

describe('a message of an SDK binding', () => {
  const section = (code: number, value: Typed): Buffer =>
    Buffer.concat([Buffer.from([0x00, 0x53, code]), encodeValue(value)]);
  const data = (text: string) => section(0x75, types.wrap_binary(Buffer.from(text)));
  const messageOf = (...sections: Buffer[]) =>
    fromModelBindingData(Buffer.concat([Buffer.alloc(16), ...sections]));
  const annotations = (...pairs: Typed[]) => {
    const items = Buffer.concat(pairs.map(encodeValue));
    const head = [0x00, 0x53, 0x72, 0xc1, items.length + 1, pairs.length];
    return Buffer.concat([Buffer.from(head), items]);
  };

  it('has the source that the host names', () => {
    expect(BINDING_SOURCE).toBe('AzureServiceBusReceivedMessage');
  });

  it('has its number from the annotation of that name, and not from a similar value', () => {
    const name = types.wrap_symbol('x-opt-sequence-number');
    const other = types.wrap_symbol('x-opt-other');
    expect(messageOf(annotations(other, name, name, types.wrap_long(7))).sequenceNumber).toBe(7n);
    expect(messageOf(annotations(other, types.wrap_long(7))).sequenceNumber).toBeUndefined();
    expect(messageOf(annotations(types.wrap_ulong(7), other)).sequenceNumber).toBeUndefined();
    expect(messageOf(data('x')).sequenceNumber).toBeUndefined();
  });

  it('has the bytes of all its data, and of nothing else', () => {
    const { body, messageId } = messageOf(
      section(0x74, types.wrap_binary(Buffer.from('no'))),
      data('a'),
      data('b'),
    );
    expect(body).toEqual({ kind: 'bytes', bytes: Buffer.from('ab') });
    expect(messageId).toBeUndefined();
    expect(messageOf(Buffer.from([0x00, 0x53, 0x77, 0x40])).body).toEqual({
      kind: 'bytes',
      bytes: Buffer.alloc(0),
    });
  });
});

it('eight bytes are a bigint from 2^53 on, and a number below', () => {
  const bytes = (number: bigint) => {
    const buffer = Buffer.alloc(8);
    buffer.writeBigUInt64BE(number);
    return messageName({ messageId: buffer, sequenceNumber: 1n });
  };
  expect(bytes(2n ** 53n)).toBe('9007199254740992');
  expect(bytes(2n ** 53n - 1n)).toBe('001FFFFFFFFFFFFF');
});
