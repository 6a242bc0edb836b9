import { commandLine, orEnd, UsageError } from '../../src/cli/command-line.ts';
import { readPort } from '../stack/stack-arguments.ts';
import { usageErrorOf } from '../stack/start-stack.ts';
import { untilInterrupted } from '../stack/until-interrupted.ts';
import { type Broker, startBroker } from './broker.ts';
import { loadEntities } from './entities.ts';

// The broker alone, in a process of its own: one JSON line on stdout says where it is; Ctrl-C ends it.

const { entities, journal, port } = commandLine(
  'node local/service-bus/main.ts',
  'The Service Bus alone, until Ctrl-C.',
)
  .requiredOption('--entities <file>', 'which queues and topics there are')
  .option('--journal <file>', 'keep what it holds in this file')
  .option('--port <number>', 'to listen on; 0: any free one', readPort, 0)
  .parse()
  .opts<{ entities: string; journal?: string; port: number }>();

async function start(): Promise<Broker> {
  const declared = await loadEntities(entities).catch((error: unknown) => {
    throw new UsageError(
      `${entities} does not declare queues and topics: ${error instanceof Error ? error.message : error}`,
    );
  });
  const options = {
    entities: declared,
    port,
    ...(journal !== undefined && { journalPath: journal }),
  };
  return startBroker(options).catch((error: unknown) => {
    throw usageErrorOf(error, port);
  });
}

const broker = await orEnd(start);
console.log(JSON.stringify({ port: broker.port, connectionString: broker.connectionString }));
await untilInterrupted();
await broker.close();
