import type { InvocationContext } from '@azure/functions';
import rhea from 'rhea';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { registerQueueFunction } from '../../src/functions/queue-function.ts';
import type { IncomingMessage } from '../../src/teardown/teardown.ts';

interface Registered {
  readonly handler: (message: unknown, context: InvocationContext) => Promise<void>;
}

const registered = vi.hoisted(() => new Map<string, Registered>());

vi.mock('@azure/functions', () => ({
  app: {
    serviceBusQueue: (name: string, options: Registered) => void registered.set(name, options),
  },
}));

const taken: IncomingMessage[] = [];
beforeEach(() => void taken.splice(0));

/** Registers a function of the queue `parcels`, and hands it this. */
async function handOver(encoded: unknown): Promise<void> {
  registerQueueFunction('unpack', 'parcels', async (message) => void taken.push(message));
  await registered.get('unpack')?.handler(encoded, {} as InvocationContext);
}

const messageAt = (sequenceNumber: number | undefined) =>
  Buffer.concat([
    Buffer.alloc(16),
    rhea.message.encode({
      message_id: 'parcel-1',
      ...(sequenceNumber !== undefined && {
        message_annotations: { 'x-opt-sequence-number': rhea.types.wrap_long(sequenceNumber) },
      }),
      body: rhea.message.data_section(Buffer.from('{"a":1}')),
    }),
  ]);

describe('a function of a queue', () => {
  it('gets its messages from that queue, by the connection of that name, still encoded', async () => {
    await handOver(messageAt(1));
    expect(registered.get('unpack')).toMatchObject({
      connection: 'ServiceBusConnection',
      queueName: 'parcels',
      sdkBinding: true,
    });
  });

  it.each([0, 7])('takes the message at place %i of the queue', async (place) => {
    await handOver(messageAt(place));
    expect(taken).toEqual([
      { messageId: 'parcel-1', body: { a: 1 }, sequenceNumber: BigInt(place) },
    ]);
  });

  it.each([
    ['without a place in the queue', undefined],
    ['at a place before the first', -1],
  ])('rejects a message made up %s, and says where to send it', async (_what, place) => {
    await expect(handOver(messageAt(place))).rejects.toThrow(
      'This run was started by hand and has no message, so that nothing could name or repeat it. Send one to the queue parcels instead.',
    );
    expect(taken).toEqual([]);
  });

  it.each([
    ['a text', '{"a":1}'],
    ['what the host has parsed already', { a: 1 }],
    ['nothing', undefined],
  ])('rejects input that is no encoded message: %s', async (_what, message) => {
    await expect(handOver(message)).rejects.toThrow(
      'The host handed over no message for an SDK binding; is it too old for one?',
    );
    expect(taken).toEqual([]);
  });
});
