#!/usr/bin/env node
import {
  orEnd,
  packageCommand,
  readPort,
  UsageError,
  untilInterrupted,
  usageErrorOf,
} from '@sandbox-teardown/shared/command-line';
import { errorMessage } from '@sandbox-teardown/shared/error-message';
import { type Broker, startBroker } from './broker.ts';
import { loadEntities } from './entities.ts';

// The broker alone, in a process of its own: one JSON line on stdout says where it is; Ctrl-C ends it.

const { entities, journal, port } = packageCommand(
  'npx local-service-bus',
  'Azure Service Bus on this machine, until Ctrl-C. One JSON line says where it is.',
  import.meta.url,
)
  .requiredOption('--entities <file>', 'which queues and topics there are')
  .option('--journal <file>', 'keep what it holds in this file')
  .option('--port <number>', 'to listen on; 0: any free one', readPort, 0)
  .parse()
  .opts<{ entities: string; journal?: string; port: number }>();

async function start(): Promise<Broker> {
  const declared = await loadEntities(entities).catch((error: unknown) => {
    throw new UsageError(`${entities} does not declare queues and topics: ${errorMessage(error)}`);
  });
  const options = {
    entities: declared,
    port,
    ...(journal !== undefined && { journalPath: journal }),
  };
  return startBroker(options).catch((error: unknown) => {
    throw usageErrorOf(error);
  });
}

const broker = await orEnd(start);
console.log(JSON.stringify({ port: broker.port, connectionString: broker.connectionString }));
await untilInterrupted();
await broker.close();
