import type { ServiceBusClient } from '@azure/service-bus';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { deadLetters } from '../../src/service-bus/dead-letters.ts';
import { senders } from '../../src/service-bus/senders.ts';
import { sharedClient } from '../../src/service-bus/shared-client.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = (): Promise<never> => new Promise(() => undefined);

/** The SDK's own limit of a receiver's wait. */
const SDK_WAIT_MS = 60_000;

/** A Service Bus that takes what it is asked and says no more; of dead letters it gives these. */
function stuck(letters: readonly object[] | undefined) {
  const played = {
    createSender: () => ({ sendMessages: never }),
    createReceiver: () => ({
      receiveMessages: async (
        _most: number,
        { maxWaitTimeInMs = SDK_WAIT_MS }: { maxWaitTimeInMs?: number } = {},
      ) => {
        if (letters === undefined) return never();
        if (letters.length === 0) {
          await new Promise((resolve) => setTimeout(resolve, maxWaitTimeInMs));
        }
        return letters;
      },
      completeMessage: never,
    }),
    close: async () => undefined,
  };
  return sharedClient(async () => played as unknown as ServiceBusClient);
}

/** How it ends within so many milliseconds. */
async function endOf(work: Promise<unknown>, withinMs: number): Promise<unknown> {
  const end = Promise.race([
    work.catch(String),
    new Promise((resolve) => setTimeout(resolve, withinMs, 'It goes on.')),
  ]);
  await vi.advanceTimersByTimeAsync(withinMs);
  return end;
}

const letter = { messageId: 'a', body: Buffer.of(), _rawAmqpMessage: { bodyType: 'data' } };

it('a send without an answer fails with the entity', async () => {
  const sent = senders(stuck([])).send('parcels', { body: {} });
  expect(await endOf(sent, 15_000)).toBe(
    'Error: Service Bus gave no answer within 15 seconds, when asked to send to parcels.',
  );
});

it('a receive of dead letters without an answer fails with their queue', async () => {
  const taken = deadLetters(stuck(undefined))('checks', 1);
  expect(await endOf(taken, 15_000)).toBe(
    'Error: Service Bus gave no answer within 15 seconds, when asked to take dead letters of teardown-checks.',
  );
});

it('a removal of a dead letter without an answer fails', async () => {
  const [taken] = await deadLetters(stuck([letter]))('checks', 1);
  expect(await endOf(taken?.remove() ?? never(), 15_000)).toBe(
    'Error: Service Bus gave no answer within 15 seconds, when asked to remove a dead letter.',
  );
});

it('an empty dead-letter queue takes at most a second', async () => {
  expect(await endOf(deadLetters(stuck([]))('requests', 10), 1_001)).toEqual([]);
});
