import { fileURLToPath } from 'node:url';
import { startBroker } from 'local-service-bus';
import { loadEntities } from 'local-service-bus/entities';
import { onTestFinished } from 'vitest';

const ENTITIES = fileURLToPath(new URL('../../infra/service-bus.entities.json', import.meta.url));

/** A broker with the app's own queues and topic; gone after the test. */
export async function embeddedBroker() {
  const broker = await startBroker({ entities: await loadEntities(ENTITIES) });
  onTestFinished(() => broker.close());
  return {
    ...broker,
    /** What ten failed deliveries do to the next message, in one step. */
    killNext(queue: string): void {
      const [message] = broker.namespace.receive(queue);
      if (message === undefined) throw new Error(`There is no message in ${queue}.`);
      broker.namespace.settle(queue, message.lockToken, {
        kind: 'dead-letter',
        reason: 'MaxDeliveryCountExceeded',
        description: 'It failed ten times.',
      });
    },
  };
}
