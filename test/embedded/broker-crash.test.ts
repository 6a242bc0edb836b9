import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ServiceBusClient, type ServiceBusReceiver } from '@azure/service-bus';
import type { HostEvent } from 'local-functions-host';
import { spawnBroker } from 'local-service-bus';
import Long from 'long';
import { expect, onTestFinished, test } from 'vitest';
import { embeddedApp } from './embedded-app.ts';

const ENTITIES = fileURLToPath(new URL('../../infra/service-bus.entities.json', import.meta.url));

const CUSTOMERS = 3;

/**
 * The host's events, counted, at which the broker is killed: with work in hand, and with settlements under way.
 * There are at least twice as many of each as there are customers.
 */
const KILLED_AT: readonly (readonly [HostEvent['type'], number])[] = [
  ['invocation-started', 1],
  ['invocation-ended', 2],
  ['invocation-started', 4],
  ['invocation-ended', 5],
];

test(`teardowns end correctly although the broker is killed and restarted ${KILLED_AT.length} times`, async () => {
  const journalPath = join(mkdtempSync(join(tmpdir(), 'broker-')), 'bus.journal');
  onTestFinished(() => rmSync(dirname(journalPath), { recursive: true, force: true }));
  const start = (port: number) => spawnBroker({ entitiesFile: ENTITIES, journalPath, port });
  let broker = await start(0);
  let kills = 0;
  onTestFinished(() => broker.kill());
  const killAndRestart = async () => {
    await broker.kill();
    kills += 1;
    broker = await start(broker.port);
  };
  const app = await embeddedApp({
    ServiceBusConnection: broker.connectionString,
    CHECK_FIRST_DELAY: 'PT0.3S',
    CHECK_MAX_DELAY: 'PT0.6S',
  });
  for (let index = 0; index < CUSTOMERS; index += 1) {
    const { customerId } = app.sandbox.addCustomer({
      purchases: [
        { kind: 'reservation', cancelTakesMs: 1_500 },
        { kind: 'azure-plan', azureSubscriptions: 2, cancelTakesMs: 500 },
      ],
    });
    await app.send({ body: { customerTenantId: customerId }, messageId: `teardown-${index}` });
  }
  const counts: Partial<Record<HostEvent['type'], number>> = {};
  let restarting: Promise<void> = Promise.resolve();
  const killedAll = new Promise<void>((resolve, reject) => {
    const onEvent = ({ type }: HostEvent): void => {
      const count = (counts[type] ?? 0) + 1;
      counts[type] = count;
      if (!KILLED_AT.some(([due, at]) => due === type && at === count)) return;
      restarting = restarting.then(() => killAndRestart());
      restarting.then(() => kills === KILLED_AT.length && resolve(), reject);
    };
    app.start(onEvent).catch(reject);
  });
  await killedAll;
  const subjects = await outcomes(broker.connectionString, CUSTOMERS);
  expect(subjects).toEqual(
    Array.from({ length: CUSTOMERS }, (_, index) => `teardown-${index} deleted`),
  );
  expect(kills).toBe(KILLED_AT.length);
  expect(app.sandbox.state().customers).toEqual([]);
});

/** Resolves once so many outcomes are there and nothing is left to do. */
async function outcomes(connectionString: string, count: number): Promise<string[]> {
  const client = new ServiceBusClient(connectionString);
  onTestFinished(() => client.close());
  const peek = (receiver: ServiceBusReceiver) =>
    receiver.peekMessages(100, { fromSequenceNumber: Long.ONE });
  const audit = client.createReceiver('teardown-outcomes', 'audit');
  const queues = ['teardown-requests', 'teardown-checks'].map((name) =>
    client.createReceiver(name),
  );
  for (;;) {
    const found = await peek(audit);
    const left = (await Promise.all(queues.map(peek))).flat();
    if (found.length < count || left.length > 0) continue;
    return found.map(({ correlationId, subject }) => `${correlationId} ${subject}`).toSorted();
  }
}
