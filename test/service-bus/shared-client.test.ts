import type { ServiceBusClient } from '@azure/service-bus';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MAX_REQUEST_MS, sharedClient } from '../../src/service-bus/shared-client.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Makes clients by number; a connection attempt whose number is in `failing` fails. */
function harness(...failing: readonly number[]) {
  const closed: number[] = [];
  const opened: string[] = [];
  let made = 0;
  const client = sharedClient(async () => {
    made += 1;
    const number = made;
    if (failing.includes(number)) throw new Error('No one is there.');
    const close = async () => void closed.push(number);
    // A sender is named by the client that it is of.
    const createSender = (entity: string) => {
      opened.push(entity);
      return { identifier: String(number) };
    };
    const played = { createSender, close };
    return played as unknown as ServiceBusClient;
  });
  const numberOf = () => client.ask('say who it is', async (links) => links.sender('q').identifier);
  return { client, closed, opened, numberOf };
}

const never = (): Promise<never> => new Promise(() => undefined);
const failWith = (error: unknown) => () => Promise.reject(error);

describe('the shared client', () => {
  it('is created once, for all requests', async () => {
    const { numberOf } = harness();
    expect([await numberOf(), await numberOf()]).toEqual(['1', '1']);
  });

  it('opens what a queue needs once, for all its messages', async () => {
    const { client, opened } = harness();
    for (const entity of ['one', 'other', 'one']) {
      await client.ask('open', async (links) => links.sender(entity));
    }
    expect(opened).toEqual(['one', 'other']);
  });

  it('has nothing to close where nothing was opened', async () => {
    const { client, closed } = harness();
    await client.close();
    expect(closed).toEqual([]);
  });

  it('is created again after a failure', async () => {
    const { numberOf } = harness(1);
    await expect(numberOf()).rejects.toThrow('No one is there.');
    expect(await numberOf()).toBe('2');
  });

  it('is replaced after a request without an answer, and closed once the others have ended', async () => {
    const { client, closed, numberOf } = harness();
    const stuck = client.ask('answer', never).catch(String);
    await vi.advanceTimersByTimeAsync(MAX_REQUEST_MS / 2);
    const other = client.ask('answer', never).catch(String);
    await vi.advanceTimersByTimeAsync(MAX_REQUEST_MS / 2);
    expect(await stuck).toContain('Service Bus gave no answer within 15 seconds');
    expect(await numberOf()).toBe('2');
    expect(closed).toEqual([]);
    await vi.advanceTimersByTimeAsync(MAX_REQUEST_MS / 2);
    await other;
    expect(closed).toEqual([1]);
    expect(await numberOf()).toBe('2');
  });

  it('is kept where the service itself refused, and replaced where the SDK gave up', async () => {
    const { client, numberOf } = harness();
    const no = Object.assign(new Error('The lock is lost.'), { retryable: false });
    await expect(client.ask('complete', failWith(no))).rejects.toThrow('The lock is lost.');
    expect(await numberOf()).toBe('1');
    const tries = [1, 2].map((n) => Object.assign(new Error(`Try ${n}.`), { retryable: true }));
    const gaveUp = failWith(new AggregateError(tries));
    await expect(client.ask('send', gaveUp)).rejects.toThrow('Try 2.');
    expect(await numberOf()).toBe('2');
  });

  it('lets the app end without waiting for ever', async () => {
    const { client, numberOf } = harness();
    await numberOf();
    await client.ask('hang', async (links) => {
      links.close = never;
    });
    const closing = client.close().catch(String);
    await vi.advanceTimersByTimeAsync(MAX_REQUEST_MS);
    expect(await closing).toContain('close the connection');
  });
});
