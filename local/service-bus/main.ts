import { parseArgs } from 'node:util';
import { readPort } from '../stack/stack-arguments.ts';
import { untilInterrupted } from '../stack/until-interrupted.ts';
import { startBroker } from './broker.ts';
import { loadEntities } from './entities.ts';
import { JournalError } from './journal/journal-error.ts';

// The broker alone, in a process of its own: `node local/service-bus/main.ts --entities <file>
// [--journal <file>] [--port <number>]`. One JSON line on stdout says where it is; Ctrl-C ends it.

const { values } = parseArgs({
  options: {
    entities: { type: 'string' },
    journal: { type: 'string' },
    port: { type: 'string', default: '0' },
  },
});
if (values.entities === undefined) {
  throw new Error('Say which queues and topics there are: --entities <file>.');
}
const broker = await startBroker({
  entities: await loadEntities(values.entities),
  port: readPort(values.port),
  ...(values.journal !== undefined && { journalPath: values.journal }),
}).catch((error: unknown) => {
  if (!(error instanceof JournalError)) throw error;
  console.error(error.message);
  process.exit(1);
});
console.log(JSON.stringify({ port: broker.port, connectionString: broker.connectionString }));
await untilInterrupted();
await broker.close();
