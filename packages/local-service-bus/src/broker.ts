import { randomUUID } from 'node:crypto';
import { type Clock, systemClock } from '@sandbox-teardown/shared/clock';
import { Dispatcher } from './amqp/dispatcher.ts';
import { Listener } from './amqp/listener.ts';
import { WorkQueue } from './amqp/work-queue.ts';
import { Namespace, type NamespaceOptions } from './core/namespace.ts';
import type { Entities } from './entities.ts';
import { JournalledNamespace } from './journal/journalled-namespace.ts';
import { Timekeeper } from './timekeeper.ts';

export interface BrokerOptions {
  readonly entities: Entities;
  /** On 127.0.0.1; any free one if left out. */
  readonly port?: number;
  readonly clock?: Clock;
  /** The wire's own, for what clients must do in time; the machine's if left out, whatever time messages have. */
  readonly wireClock?: Clock;
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

/**
 * Starts a Service Bus on 127.0.0.1.
 * @throws JournalError when there is a journal that cannot be used
 */
export async function startBroker(options: BrokerOptions): Promise<Broker> {
  const { entities, clock = systemClock, wireClock = systemClock, log = () => undefined } = options;
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
  const listener = new Listener(
    { namespace, dispatcher, workQueue: new WorkQueue(), log },
    wireClock,
  );
  const port = await listener.listen(HOST, options.port ?? 0).catch((error: unknown) => {
    timekeeper.stop();
    closeNamespace(namespace);
    throw error;
  });
  let closing: Promise<void> | undefined;
  return {
    port,
    connectionString: `Endpoint=sb://${HOST}:${port};SharedAccessKeyName=RootManageSharedAccessKey;SharedAccessKey=local;UseDevelopmentEmulator=true;`,
    namespace,
    close: () => {
      timekeeper.stop();
      closing ??= listener.close().finally(() => closeNamespace(namespace));
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
