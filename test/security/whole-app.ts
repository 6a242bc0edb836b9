import { inspect } from 'node:util';
import type { InvocationContext } from '@azure/functions';
import type { ServiceBusMessage } from '@azure/service-bus';
import { vi } from 'vitest';
import { registerCancelOrders } from '../../src/functions/cancel-orders.ts';
import { registerDeleteCustomer } from '../../src/functions/delete-customer.ts';
import { instance } from '../../src/functions/instance.ts';
import { registerNightlySweep } from '../../src/functions/nightly-sweep.ts';
import { readSettings } from '../../src/settings.ts';

type Handler = (message: unknown, context: InvocationContext) => Promise<void>;
export type FunctionName = 'cancelOrders' | 'deleteCustomer' | 'nightlySweep';

const registered = vi.hoisted(() => new Map<string, Handler>());
const bus = vi.hoisted(() => ({ send: async (_entity: string, _message: unknown) => undefined }));

vi.mock('@azure/functions', () => {
  const register = (name: string, { handler }: { handler: Handler }) =>
    void registered.set(name, handler);
  return { app: { serviceBusQueue: register, timer: register } };
});
vi.mock('../../src/service-bus/connect.ts', () => ({
  connect: async () => ({
    createSender: (entity: string) => ({
      sendMessages: (message: unknown) => bus.send(entity, message),
    }),
    close: async () => undefined,
  }),
}));

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

/**
 * The app as it is registered and wired, from its settings to its log; only the Functions worker and the
 * connection to Service Bus are played. Everything that leaves it is recorded.
 */
export function wholeApp(environment: Readonly<Record<string, string>>, failToSend?: Error) {
  const shared = instance(readSettings(environment));
  registerCancelOrders(shared);
  registerDeleteCustomer(shared);
  registerNightlySweep(shared);
  const lines: string[] = [];
  const sent: Sent[] = [];
  const thrown: string[] = [];
  bus.send = async (entity, message) => {
    if (failToSend !== undefined) throw failToSend;
    sent.push({ entity, message: message as ServiceBusMessage });
  };
  const write = (...args: unknown[]) => void lines.push(args.map(String).join(' '));
  const run = async (
    name: FunctionName,
    body: unknown,
    triggerMetadata: Record<string, unknown> = { messageId: 'teardown-1' },
  ): Promise<void> => {
    const context = { log: write, warn: write, triggerMetadata } as unknown as InvocationContext;
    const warn = vi.spyOn(console, 'warn').mockImplementation(write);
    try {
      await registered.get(name)?.(body, context);
    } catch (error) {
      thrown.push(everyFaceOf(error));
    } finally {
      warn.mockRestore();
    }
  };
  return {
    run,
    lines,
    sent,
    thrown,
    everything: () => [...lines, ...thrown, JSON.stringify(sent)],
  };
}

/** All that a host or a person may print of an error. */
export function everyFaceOf(error: unknown): string {
  const faces = error instanceof Error ? [error.message, error.stack, String(error.cause)] : [];
  return [...faces, String(error), inspect(error, { depth: 10 }), JSON.stringify(error)].join('\n');
}
