import { fileURLToPath } from 'node:url';
import {
  ServiceBusClient,
  type ServiceBusClientOptions,
  type ServiceBusReceivedMessage,
} from '@azure/service-bus';
import { ManualClock } from '@sandbox-teardown/shared/clock';
import { type Broker, startBroker } from 'local-service-bus';
import { loadEntities } from 'local-service-bus/entities';
import { inject } from 'vitest';
import { describeTarget, readTarget } from './settings.ts';

const ENTITIES_FILE = fileURLToPath(
  new URL('../../../infra/service-bus.entities.json', import.meta.url),
);

/** Failing at once shows more than trying again. */
const OPTIONS: ServiceBusClientOptions = { retryOptions: { maxRetries: 0, timeoutInMs: 20_000 } };

const chosen = readTarget(process.env, inject('contractSuites'));
export const isLocal = chosen.kind === 'local';

export const QUEUE = 'teardown-requests';
export const TOPIC = 'teardown-outcomes';

const EVERYTHING = [[QUEUE], ['teardown-checks'], [TOPIC, 'attention'], [TOPIC, 'audit']] as const;

/** What the contract is checked against: the local broker, or a real namespace. */
export interface Target {
  readonly client: ServiceBusClient;
  /** Moved by hand, and there only for the local broker. */
  readonly clock: ManualClock;
  /** An id that no one has used before, for duplicate detection remembers for days. */
  newId(): string;
  close(): Promise<void>;
}

export async function openTarget(): Promise<Target> {
  const clock = new ManualClock(Date.now());
  const broker = isLocal ? await startLocal(clock) : undefined;
  console.log(describeTarget(chosen));
  const own = chosen.kind === 'real' ? chosen.connectionString : '';
  const client = new ServiceBusClient(broker?.connectionString ?? own, OPTIONS);
  if (!isLocal) await refuseUnlessEmpty(client);
  const run = `contract-${Date.now()}`;
  let count = 0;
  return {
    client,
    clock,
    newId: () => {
      count += 1;
      return `${run}-${count}`;
    },
    async close() {
      await client.close();
      await broker?.close();
    },
  };
}

async function startLocal(clock: ManualClock): Promise<Broker> {
  return startBroker({ entities: await loadEntities(ENTITIES_FILE), clock });
}

/** The suite takes whatever it finds, so it must find nothing that matters to anyone. */
async function refuseUnlessEmpty(client: ServiceBusClient): Promise<void> {
  for (const [entity, subscription] of EVERYTHING) {
    const receiver =
      subscription === undefined
        ? client.createReceiver(entity)
        : client.createReceiver(entity, subscription);
    const found: ServiceBusReceivedMessage[] = await receiver.peekMessages(1);
    await receiver.close();
    if (found.length > 0) {
      throw new Error(
        `The contract suite takes what it finds, and ${receiver.entityPath} is not empty: use a namespace of its own, or empty it.`,
      );
    }
  }
}
