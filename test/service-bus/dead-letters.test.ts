import { expect, it, onTestFinished } from 'vitest';
import { connect } from '../../src/service-bus/connect.ts';
import { deadLetters } from '../../src/service-bus/dead-letters.ts';
import { senders } from '../../src/service-bus/senders.ts';
import { sharedClient } from '../../src/service-bus/shared-client.ts';
import { embeddedBroker } from './embedded-broker.ts';

const QUEUE = 'teardown-requests';
const NOT_TEXT = { toString: 5, valueOf: 6 };

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

it('a dead letter whose reason is a map that cannot be text is taken like the others', async () => {
  const { connectionString } = await embeddedBroker();
  const client = sharedClient(() => connect({ kind: 'connection-string', connectionString }));
  onTestFinished(() => client.close());
  const sdk = await connect({ kind: 'connection-string', connectionString });
  onTestFinished(() => sdk.close());
  await sdk.createSender(QUEUE).sendMessages([
    {
      body: 1,
      messageId: 'poison',
      applicationProperties: { DeadLetterReason: NOT_TEXT as never },
    },
    { body: 2, messageId: 'sound' },
  ]);
  const receiver = sdk.createReceiver(QUEUE);
  for (const message of await receiver.receiveMessages(2))
    await receiver.deadLetterMessage(message);
  const letters = await deadLetters(client)('requests', 10);
  expect(letters.map(({ messageId }) => messageId)).toEqual(['poison', 'sound']);
  expect(letters[0]?.cause).toEqual({ reason: 'a value that is not text' });
});
