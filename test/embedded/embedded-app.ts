import { ServiceBusClient, type ServiceBusMessage } from '@azure/service-bus';
import { type FunctionsHost, type HostEvent, spawnFunctionsHost } from 'local-functions-host';
import Long from 'long';
import { onTestFinished } from 'vitest';
import {
  APP_DIRECTORY,
  type EmbeddedStack,
  type StackOptions,
  startEmbeddedStack,
} from '../../dev/stack/embedded-stack.ts';

export interface OutcomeMessage {
  readonly teardownId: string;
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** For a check that never comes; they follow each other quickly here. */
const MAX_WAIT_MS = 300_000;
const QUICK = { CHECK_FIRST_DELAY: 'PT0.1S', CHECK_MAX_DELAY: 'PT0.2S' };

/** Every part for real: broker, sandbox, and the built bundle in a functions host; gone after the test. */
export async function embeddedApp(
  settings: Readonly<Record<string, string>> = {},
  options: StackOptions = {},
) {
  const stack = await startEmbeddedStack(options);
  onTestFinished(() => stack.close());
  const { ServiceBusConnection: connection = stack.broker.connectionString } = settings;
  const client = new ServiceBusClient(connection);
  onTestFinished(() => client.close());
  const sender = client.createSender('teardown-requests');
  const start = (onEvent?: (event: HostEvent) => void): Promise<FunctionsHost> =>
    startHost(stack, settings, onEvent);
  return {
    stack,
    sandbox: stack.sandbox.sandbox,
    client,
    start,
    send: (message: ServiceBusMessage) => sender.sendMessages(message),
    outcomes: (count: number) => collectOutcomes(client, count),
    /** Resolves once the first check is scheduled: its request has been worked on. */
    cancelled: () => untilScheduled(client),
  };
}

async function startHost(
  stack: EmbeddedStack,
  settings: Readonly<Record<string, string>>,
  onEvent: (event: HostEvent) => void = () => undefined,
): Promise<FunctionsHost> {
  const host = await spawnFunctionsHost({
    appDirectory: APP_DIRECTORY,
    environment: { ...stack.settings, ...QUICK, ...settings },
    onEvent,
  });
  onTestFinished(async () => {
    await host.stop();
  });
  return host;
}

/** Peeking again and again is how a client learns of a scheduled message; it gives up after a while. */
async function untilScheduled(client: ServiceBusClient): Promise<void> {
  const receiver = client.createReceiver('teardown-checks');
  const untilMs = performance.now() + MAX_WAIT_MS;
  while (performance.now() < untilMs) {
    const [message] = await receiver.peekMessages(1, { fromSequenceNumber: Long.ONE });
    if (message !== undefined) return;
  }
  throw new Error('No check was ever scheduled.');
}

/** Resolves with the first so many outcomes that a subscriber sees. */
function collectOutcomes(client: ServiceBusClient, count: number): Promise<OutcomeMessage[]> {
  const receiver = client.createReceiver('teardown-outcomes', 'audit');
  const seen: OutcomeMessage[] = [];
  const collected = new Promise<OutcomeMessage[]>((resolve, reject) => {
    receiver.subscribe({
      processMessage: async ({ correlationId, subject, body }) => {
        seen.push({
          teardownId: String(correlationId),
          subject: subject ?? '',
          data: (body as { data: Record<string, unknown> }).data,
        });
        if (seen.length === count) resolve(seen);
      },
      processError: async ({ error }) => reject(error),
    });
  });
  // Two receivers at once would share the messages between them.
  return collected.finally(() => receiver.close());
}
