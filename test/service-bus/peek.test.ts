import { expect, it, onTestFinished } from 'vitest';
import { connect } from '../../src/service-bus/connect.ts';
import { peekBy } from '../../src/service-bus/peek.ts';
import { senders } from '../../src/service-bus/senders.ts';
import { sharedClient } from '../../src/service-bus/shared-client.ts';
import { embeddedBroker } from './embedded-broker.ts';

const QUEUE = 'teardown-requests';

it('a peek shows what waits, is locked or is scheduled, from the first one on, each time anew', async () => {
  const { connectionString, namespace } = await embeddedBroker();
  const client = sharedClient(() => connect({ kind: 'connection-string', connectionString }));
  onTestFinished(() => client.close());
  const peek = peekBy(client);
  expect(await peek('requests', 10)).toEqual([]);
  const { send } = senders(client);
  await send(QUEUE, { body: { a: 1 }, messageId: 'locked' });
  await send(QUEUE, { body: 'text', messageId: 'active' });
  namespace.receive(QUEUE);
  const scheduledEnqueueTimeUtc = new Date(Date.now() + 3_600_000);
  await send(QUEUE, { body: {}, messageId: 'later', scheduledEnqueueTimeUtc });
  const all = [
    { messageId: 'locked', body: { a: 1 }, sequenceNumber: 1n, isScheduled: false },
    { messageId: 'active', body: 'text', sequenceNumber: 2n, isScheduled: false },
    { messageId: 'later', body: {}, sequenceNumber: 3n, isScheduled: true },
  ];
  expect(await peek('requests', 10)).toEqual(all);
  expect(await peek('requests', 2)).toEqual(all.slice(0, 2));
  expect(await peek('checks', 10)).toEqual([]);
});
