import { ServiceBusClient } from '@azure/service-bus';
import { expect, it, onTestFinished } from 'vitest';
import { waitForOutcome } from '../../../dev/request/wait-for-outcome.ts';
import { embeddedBroker } from '../../service-bus/embedded-broker.ts';

it('a request waits for its own outcome, not for the answer to a foreign check of that name', async () => {
  const { connectionString } = await embeddedBroker();
  const client = new ServiceBusClient(connectionString);
  onTestFinished(() => client.close());
  const event = (name: string, lastWord: string) => ({
    messageId: `${name}:${lastWord}`,
    correlationId: name,
    body: { lastWord, name },
  });
  await client
    .createSender('teardown-outcomes')
    .sendMessages([
      event('mine', 'foreign-check'),
      event('another', 'outcome'),
      event('mine', 'outcome'),
    ]);
  expect(await waitForOutcome(client, 'mine')).toEqual({ lastWord: 'outcome', name: 'mine' });
});
