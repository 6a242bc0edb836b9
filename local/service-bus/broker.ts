import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';
import rhea, { type Connection, type EventContext } from 'rhea';
import { type Clock, systemClock } from '../clock.ts';
import { ClientConnection } from './amqp/client-connection.ts';
import { Dispatcher } from './amqp/dispatcher.ts';
import { forgetConnection } from './amqp/rhea-internals.ts';
import { Namespace, type NamespaceOptions } from './core/namespace.ts';
import type { Entities } from './entities.ts';
import { JournalledNamespace } from './journal/journalled-namespace.ts';
import { Timekeeper } from './timekeeper.ts';

export interface BrokerOptions {
  readonly entities: Entities;
  /** On 127.0.0.1; any free one if left out. */
  readonly port?: number;
  readonly clock?: Clock;
  /** A file that keeps what the namespace holds; if left out, it lives in this process's memory only. */
  readonly journalPath?: string;
  readonly log?: (line: string) => void;
}

export interface Broker {
  readonly port: number;
  /** What any Service Bus client takes, the Functions host too. */
  readonly connectionString: string;
  /** The core. What is done to it here is seen by every client at once. */
  readonly namespace: Namespace;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';

/** As the service has it; larger messages come in several frames. */
const MAX_FRAME_BYTES = 65_536;

/** How many deliveries of one session rhea keeps track of: locked ones stay until they are settled. */
const SESSION_BUFFER = { incoming: 2_048, outgoing: 65_536 };

/**
 * Starts a Service Bus on 127.0.0.1.
 * @throws JournalError when there is a journal that cannot be used
 */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const { entities, port = 0, clock = systemClock, log = () => undefined } = options;
  const dispatcher = new Dispatcher();
  const timekeeper = new Timekeeper(clock);
  const namespace = openNamespace(options.journalPath, {
    entities,
    nowMs: () => clock.nowMs(),
    newId: randomUUID,
    onAvailable: (path) => dispatcher.wake(path),
    onUse: () => timekeeper.wake(),
  });
  timekeeper.keep(namespace);
  const connections = new Map<Connection, ClientConnection>();
  const container = rhea.create_container({ id: 'local-service-bus' });
  allowAnyone(container.sasl_server_mechanisms);
  container.on('connection_open', ({ connection }: EventContext) => {
    connections.set(connection, new ClientConnection(connection, { namespace, dispatcher, log }));
    log(`service bus: ${connection.container_id} connected`);
  });
  const forget = ({ connection }: EventContext): void => {
    connections.get(connection)?.close();
    if (connections.delete(connection)) log(`service bus: ${connection.container_id} left`);
  };
  for (const event of ['connection_close', 'connection_error', 'disconnected']) {
    container.on(event, forget);
  }
  for (const event of ['error', 'protocol_error']) {
    container.on(event, (error: unknown) => log(`service bus: a client was cut off: ${error}`));
  }
  const server = container.listen({
    host: HOST,
    port,
    max_frame_size: MAX_FRAME_BYTES,
    session_buffer_size: SESSION_BUFFER,
    tcp_no_delay: true,
    receiver_options: { autoaccept: false },
    sender_options: { treat_modified_as_released: false },
  } as Parameters<typeof container.listen>[0]);
  const sockets = trackSockets(server);
  await once(server, 'listening').catch((error: unknown) => {
    timekeeper.stop();
    closeNamespace(namespace);
    throw error;
  });
  const address = server.address() as AddressInfo;
  const shutDown = async (): Promise<void> => {
    timekeeper.stop();
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroySoon();
    for (const connection of [...connections.keys()]) forgetConnection(connection);
    await closed;
    closeNamespace(namespace);
  };
  let closing: Promise<void> | undefined;
  return {
    port: address.port,
    connectionString: `Endpoint=sb://${HOST}:${address.port};SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=local;UseDevelopmentEmulator=true;`,
    namespace,
    close: () => {
      closing ??= shutDown();
      return closing;
    },
  };
}

function openNamespace(path: string | undefined, options: NamespaceOptions): Namespace {
  return path === undefined ? new Namespace(options) : JournalledNamespace.open(options, { path });
}

function closeNamespace(namespace: Namespace): void {
  if (namespace instanceof JournalledNamespace) namespace.close();
}

function trackSockets(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
}

interface SaslMechanisms {
  enable_anonymous(): void;
  ANONYMOUS: unknown;
  MSSBCBS: unknown;
}

/** Clients show who they are on `$cbs`; .NET ones may ask for that by the mechanism's own name. */
function allowAnyone(mechanisms: SaslMechanisms): void {
  mechanisms.enable_anonymous();
  mechanisms.MSSBCBS = mechanisms.ANONYMOUS;
}
