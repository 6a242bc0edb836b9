import { inspect } from 'node:util';
import type { InvocationContext } from '@azure/functions';
import type { ServiceBusClient, ServiceBusMessage } from '@azure/service-bus';
import { vi } from 'vitest';
import { registerCancelOrders } from '../../src/functions/cancel-orders.ts';
import { registerDeleteCustomer } from '../../src/functions/delete-customer.ts';
import { instance } from '../../src/functions/instance.ts';
import { registerNightlySweep } from '../../src/functions/nightly-sweep.ts';
import { registerParkDeadLetters } from '../../src/functions/park-dead-letters.ts';
import { readSettings } from '../../src/settings.ts';

type Handler = (message: unknown, context: InvocationContext) => Promise<void>;
export type FunctionName = 'cancelOrders' | 'deleteCustomer' | 'nightlySweep' | 'parkDeadLetters';

interface Registered {
  readonly handler: Handler;
  /** Of a timer. */
  readonly schedule?: string;
}

const registered = vi.hoisted(() => new Map<string, Registered>());

vi.mock('@azure/functions', () => {
  const register = (name: string, options: Registered) => void registered.set(name, options);
  return { app: { serviceBusQueue: register, timer: register } };
});

/** The least that the app needs to start; nothing here is secret. */
export const SETTINGS = {
  TEARDOWN_MODE: 'enforce',
  SANDBOX_TENANT_ID: 'aaaaaaaa-0000-0000-0000-000000000001',
  PARTNER_CENTER_CLIENT_ID: 'bbbbbbbb-0000-0000-0000-000000000002',
  SWEEP_INCLUDE: '*.onmicrosoft.com',
};

export interface Sent {
  readonly entity: string;
  readonly message: ServiceBusMessage;
}

/** A message as it lies in a dead-letter queue. */
export interface DeadMessage {
  readonly body: unknown;
  readonly messageId: string;
  readonly deadLetterReason?: string;
  readonly deadLetterErrorDescription?: string;
}

/** What Service Bus does; if it is not said, it takes every message and has no dead letters. */
export interface PlayedBus {
  /** Before a message is taken. */
  send?(entity: string): Promise<void>;
  receive?(queue: string): Promise<readonly DeadMessage[]>;
}

/**
 * The app as it is registered and wired, from its settings to its log; only the Functions worker and the
 * connection to Service Bus are played. Everything that leaves it is recorded.
 */
export function wholeApp(environment: Readonly<Record<string, string>>, bus: PlayedBus = {}) {
  const sent: Sent[] = [];
  const removed: DeadMessage[] = [];
  const shared = instance(readSettings(environment), {
    connect: async () => playedClient(bus, sent, removed),
  });
  registerCancelOrders(shared);
  registerDeleteCustomer(shared);
  registerNightlySweep(shared);
  registerParkDeadLetters(shared);
  const functions = new Map(registered);
  const lines: string[] = [];
  const thrown: string[] = [];
  const write = (...args: unknown[]) => void lines.push(args.map(String).join(' '));
  const run = async (
    name: FunctionName,
    body?: unknown,
    triggerMetadata: Record<string, unknown> = { messageId: 'teardown-1' },
  ): Promise<void> => {
    const context = { log: write, warn: write, triggerMetadata } as unknown as InvocationContext;
    const warn = vi.spyOn(console, 'warn').mockImplementation(write);
    try {
      await functions.get(name)?.handler(body, context);
    } catch (error) {
      thrown.push(everyFaceOf(error));
    } finally {
      warn.mockRestore();
    }
  };
  return {
    run,
    schedule: (name: FunctionName) => functions.get(name)?.schedule,
    lines,
    sent,
    removed,
    thrown,
    everything: () => [...lines, ...thrown, JSON.stringify(sent)],
  };
}

function playedClient(bus: PlayedBus, sent: Sent[], removed: DeadMessage[]): ServiceBusClient {
  const client = {
    createSender: (entity: string) => ({
      sendMessages: async (message: ServiceBusMessage) => {
        await bus.send?.(entity);
        sent.push({ entity, message });
      },
    }),
    createReceiver: (queue: string) => ({
      receiveMessages: async () => bus.receive?.(queue) ?? [],
      completeMessage: async (message: DeadMessage) => void removed.push(message),
    }),
    close: async () => undefined,
  };
  return client as unknown as ServiceBusClient;
}

/** All that a host or a person may print of an error. */
export function everyFaceOf(error: unknown): string {
  const faces = error instanceof Error ? [error.message, error.stack, String(error.cause)] : [];
  return [...faces, String(error), inspect(error, { depth: 10 }), JSON.stringify(error)].join('\n');
}
