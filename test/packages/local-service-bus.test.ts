import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { ServiceBusClient } from '@azure/service-bus';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { Installed } from './installed.ts';

const EXAMPLE = 'node_modules/local-service-bus/entities.example.json';

describe('local-service-bus, installed in an empty folder,', () => {
  let installed: Installed;

  beforeAll(async () => {
    installed = await Installed.from('local-service-bus');
  });
  afterAll(() => installed.remove());

  it('is found by npx', async () => {
    expect(await installed.npx('local-service-bus', '--help')).toContain('--entities <file>');
  });

  it('takes a message of the real client, and gives it back', async () => {
    const broker = installed.start('local-service-bus/lib/main.js', ['--entities', EXAMPLE]);
    onTestFinished(() => void broker.kill());
    const [line] = await once(createInterface(broker.stdout), 'line');
    const { connectionString } = JSON.parse(String(line)) as { connectionString: string };
    const client = new ServiceBusClient(connectionString);
    onTestFinished(() => client.close());
    await client.createSender('orders').sendMessages({ body: { size: 7 }, messageId: 'one' });
    const receiver = client.createReceiver('orders');
    const [message] = await receiver.receiveMessages(1, { maxWaitTimeInMs: 60_000 });
    expect(message).toMatchObject({ messageId: 'one', body: { size: 7 } });
    if (message !== undefined) await receiver.completeMessage(message);
    expect(await client.createReceiver('orders').peekMessages(1)).toEqual([]);
  });

  it('says which version it is', async () => {
    expect(await installed.npx('local-service-bus', '--version')).toBe('0.1.0\n');
  });

  it('has no dependency that needs a newer Node than it names', async () => {
    expect(await installed.needingNewerNode()).toEqual([]);
  });

  it('can be used from a program, in this process or another', async () => {
    const printed = await installed.script(`
      import { spawnBroker, startBroker, loadEntities, ManualClock } from 'local-service-bus';
      import { Namespace } from 'local-service-bus/core';
      const entities = await loadEntities('${EXAMPLE}');
      const broker = await startBroker({ entities, clock: new ManualClock() });
      broker.namespace.send('orders', [{ body: 1 }]);
      console.log(broker.namespace instanceof Namespace, broker.namespace.counts('orders').active);
      await broker.close();
      const other = await spawnBroker({ entitiesFile: '${EXAMPLE}' });
      await other.kill();
      console.log(other.port > 0);`);
    expect(printed).toBe('true 1\ntrue\n');
  });

  it('has types, which tell wrong use', async () => {
    const complaints = await installed.check(`
      import { type Broker, parseEntities, startBroker, systemClock } from 'local-service-bus';
      import type { LockedMessage } from 'local-service-bus/core';
      const entities = parseEntities({});
      const broker: Broker = await startBroker({ entities, clock: systemClock });
      const [message]: LockedMessage[] = broker.namespace.receive('orders');
      console.log(message?.content.messageId);
      // @ts-expect-error
      await startBroker({ entities, port: '0' });`);
    expect(complaints).toBe('');
  });
});
