import { startBroker } from 'local-service-bus';
import { parseEntities } from 'local-service-bus/entities';
import { heldBytes } from '../report/held-bytes.ts';

// The broker in a process of its own; whatever it is sent, it answers with what it holds.

const queues = ['rate', 'few', 'many'].map((name) => ({ name }));
const broker = await startBroker({ entities: parseEntities({ queues }) });
process.on('message', async () => {
  process.send?.({ heldBytes: await heldBytes(), residentBytes: process.memoryUsage.rss() });
});
process.on('disconnect', () => process.exit());
process.send?.({ connectionString: broker.connectionString });
