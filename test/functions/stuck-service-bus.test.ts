import { readFile } from 'node:fs/promises';
import { parseTimeSpanMs } from 'local-functions-host/time-span';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MAX_SANDBOX_CUSTOMERS } from '../../src/teardown/model/sandbox.ts';
import { MAX_DEAD_LETTERS_PER_RUN } from '../../src/teardown/park-dead-letters.ts';
import { type FunctionName, type PlayedBus, wholeApp } from '../security/whole-app.ts';
import { customerId, playAccount, settings } from './played-account.ts';

const hostJson = await readFile(new URL('../../host.json', import.meta.url), 'utf8');
const { functionTimeout } = JSON.parse(hostJson) as { functionTimeout: string };
const FUNCTION_TIMEOUT_MS = parseTimeSpanMs(functionTimeout) ?? 0;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'setTimeout', 'clearTimeout'] }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Longer than the SDK would wait by itself, and not yet too long for the app. */
const SLOW_MS = 14_000;

const never = (): Promise<never> => new Promise(() => undefined);
const slowly = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, SLOW_MS));
const manyDeadLetters = async () =>
  Array.from({ length: MAX_DEAD_LETTERS_PER_RUN }, (_, n) => ({
    body: { customerTenantId: customerId(n) },
    messageId: `dead-${n}`,
  }));

const manners: Readonly<Record<string, PlayedBus>> = {
  'never answers': { send: never, receive: never },
  'gives dead letters and then never answers': { send: never, receive: manyDeadLetters },
  'answers each time after a while': { send: slowly, receive: manyDeadLetters },
};

/** Runs a function; resolves when it has ended, or once host.json would have ended it. */
async function runWith(bus: PlayedBus, name: FunctionName) {
  playAccount(MAX_SANDBOX_CUSTOMERS);
  const begun = Promise.withResolvers<void>();
  const app = wholeApp(
    { ...settings, SWEEP_MAX_CUSTOMERS: String(MAX_SANDBOX_CUSTOMERS) },
    {
      send: async (entity) => {
        begun.resolve();
        await bus.send?.(entity);
      },
      receive: async (queue) => {
        begun.resolve();
        return (await bus.receive?.(queue)) ?? [];
      },
    },
  );
  let ended = false;
  void app.run(name, 'noise').then(() => {
    ended = true;
  });
  await begun.promise;
  await vi.advanceTimersByTimeAsync(FUNCTION_TIMEOUT_MS - 1);
  return { ...app, ended };
}

const functions = ['cancelOrders', 'deleteCustomer', 'nightlySweep', 'parkDeadLetters'] as const;

describe.each(Object.entries(manners))('with a Service Bus that %s', (_manner, bus) => {
  it.each(functions)('%s ends before host.json ends it', async (name) => {
    const { ended } = await runWith(bus, name);
    expect(ended).toBe(true);
  });
});

describe('with a Service Bus that never answers', () => {
  it.each(functions)('%s throws, so that the host tries again or someone is told', async (name) => {
    const { thrown } = await runWith({ send: never, receive: never }, name);
    expect(thrown.join()).toMatch(/Service Bus gave no answer within \d+ seconds/);
  });

  it('the app removes no dead letter whose outcome was not published', async () => {
    const { sent, removed } = await runWith(
      { send: slowly, receive: manyDeadLetters },
      'parkDeadLetters',
    );
    expect(removed.length).toBeGreaterThan(0);
    const ids = sent.map(({ message }) => String(message.correlationId));
    expect(removed.map(({ messageId }) => messageId)).toEqual(ids.slice(0, removed.length));
  });
});
