import { expect, it, onTestFinished } from 'vitest';
import { connect } from '../../src/service-bus/connect.ts';
import { deadLetters } from '../../src/service-bus/dead-letters.ts';
import { senders } from '../../src/service-bus/senders.ts';
import { sharedClient } from '../../src/service-bus/shared-client.ts';
import { embeddedBroker } from './embedded-broker.ts';

const QUEUE = 'teardown-requests';

it('a dead letter that was taken and not removed comes back when its lock ends; one that was removed does not', async () => {
  const broker = await embeddedBroker();
  const { connectionString, namespace } = broker;
  const client = sharedClient(() => connect({ kind: 'connection-string', connectionString }));
  onTestFinished(() => client.close());
  const take = deadLetters(client);
  await senders(client).send(QUEUE, { body: { a: 1 }, messageId: 'dead' });
  broker.killNext(QUEUE);
  const dead = {
    body: { a: 1 },
    messageId: 'dead',
    cause: { reason: 'MaxDeliveryCountExceeded', description: 'It failed ten times.' },
  };
  // Whoever took it first has died.
  expect(await take('requests', 10)).toMatchObject([dead]);
  namespace.endLocks();
  const [letter] = await take('requests', 10);
  expect(letter).toMatchObject(dead);
  await letter?.remove();
  namespace.endLocks();
  expect(namespace.counts(QUEUE)).toMatchObject({ active: 0, deadLettered: 0 });
});
