import { inspect } from 'node:util';
import type { InvocationContext, Timer } from '@azure/functions';
import type { ServiceBusClient, ServiceBusMessage } from '@azure/service-bus';
import rhea from 'rhea';
import { vi } from 'vitest';
import { registerCancelOrders } from '../../src/functions/cancel-orders.ts';
import { createContainer } from '../../src/functions/container.ts';
import { registerDeleteCustomer } from '../../src/functions/delete-customer.ts';
import { registerNightlySweep } from '../../src/functions/nightly-sweep.ts';
import { registerParkDeadLetters } from '../../src/functions/park-dead-letters.ts';
import { readSettings } from '../../src/settings/settings.ts';
import { checkIdOf } from '../../src/teardown/model/message-ids.ts';

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
  const shared = createContainer(readSettings(environment), {
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
    { messageId = ownIdOf(body), ...more }: Partial<PlayedMessage> = {},
  ): Promise<void> => {
    const isTimer = functions.get(name)?.schedule !== undefined;
    const context = { log: write, warn: write } as unknown as InvocationContext;
    const message = isTimer
      ? { ...byHand(), ...Object(body) }
      : encoded(body, { sequenceNumber: 7, messageId, ...more });
    const warn = vi.spyOn(console, 'warn').mockImplementation(write);
    try {
      await functions.get(name)?.handler(message, context);
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
      peekMessages: async () => [],
      receiveMessages: async () => ((await bus.receive?.(queue)) ?? []).map(asReceived),
      completeMessage: async ({ played }: { played: DeadMessage }) => void removed.push(played),
    }),
    close: async () => undefined,
  };
  return client as unknown as ServiceBusClient;
}

/** What the host hands to a timer function that a person runs: its next time is to come. */
function byHand(): Timer {
  const at = (ms: number): string => new Date(Date.now() + ms).toISOString();
  return {
    isPastDue: false,
    schedule: { adjustForDST: true },
    scheduleStatus: { last: at(-3_600_000), next: at(3_600_000), lastUpdated: at(-3_600_000) },
  };
}

interface PlayedMessage {
  readonly messageId: string | undefined;
  readonly sequenceNumber: number;
}

/** Text is sent as it is, and everything else as JSON. */
function bytesOf(body: unknown): Buffer {
  return Buffer.from(typeof body === 'string' ? body : (JSON.stringify(body) ?? ''));
}

/** What a message would be sent under: a check has its own id. */
function ownIdOf(body: unknown): string {
  const { teardownId, attempt } = { teardownId: 0, attempt: 0, ...Object(body) };
  const isCheck = typeof teardownId === 'string' && typeof attempt === 'number';
  return isCheck ? checkIdOf({ teardownId, attempt }) : 'teardown-1';
}

/** As the host hands a message to an SDK binding: the lock token, and the message in AMQP. */
function encoded(body: unknown, { messageId, sequenceNumber }: PlayedMessage): Buffer {
  const message = rhea.message.encode({
    message_id: messageId,
    message_annotations: { 'x-opt-sequence-number': rhea.types.wrap_long(sequenceNumber) },
    body: rhea.message.data_section(bytesOf(body)),
  });
  return Buffer.concat([Buffer.alloc(16), message]);
}

/** As the SDK hands it over; `played` is what it was made of. */
function asReceived(played: DeadMessage) {
  const body = bytesOf(played.body);
  return { ...played, body, _rawAmqpMessage: { body, bodyType: 'data' }, played };
}

/** All that a host or a person may print of an error. */
export function everyFaceOf(error: unknown): string {
  const faces = error instanceof Error ? [error.message, error.stack, String(error.cause)] : [];
  return [...faces, String(error), inspect(error, { depth: 10 }), JSON.stringify(error)].join('\n');
}
