import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Broker, startBroker } from 'local-service-bus';
import { loadEntities } from 'local-service-bus/entities';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { otherServiceBus } from '../../../dev/stack/other-service-bus.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const entities = await loadEntities(`${root}/infra/service-bus.entities.json`);

/** Stands for Microsoft's emulator, which speaks the same AMQP. */
let emulator: Broker;
beforeAll(async () => {
  emulator = await startBroker({ entities });
});
afterAll(() => emulator.close());

const AS_A_USER = {
  ...process.env,
  ServiceBusConnection: '',
  FORCE_COLOR: '0',
  FUNCTIONS_HOST: 'embedded',
};

describe('--service-bus', () => {
  it('accepts the connection string of an emulator that listens', async () => {
    await expect(otherServiceBus(emulator.connectionString)).resolves.toBe(
      emulator.connectionString,
    );
  });

  it('says what to do where nothing listens', async () => {
    const closed = await startBroker({ entities });
    await closed.close();
    await expect(otherServiceBus(closed.connectionString)).rejects.toThrow(
      /^Nothing listens at .*:\d+\. Start the emulator with "docker compose up/,
    );
  });

  it('refuses a namespace in Azure, whose messages a simulated sandbox must not answer', async () => {
    const real = 'Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=a;SharedAccessKey=b';
    await expect(otherServiceBus(real)).rejects.toThrow(/must be "emulator"/);
  });

  it('runs the functions on it: a request there leads to an outcome there', async () => {
    const app = spawn(
      process.execPath,
      ['dev/start.ts', '--service-bus', emulator.connectionString],
      { cwd: root, env: AS_A_USER, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    try {
      const customer = await customerOffered(app.stdout);
      const outcome = await output('dev/request.ts', [
        customer,
        '--connection',
        emulator.connectionString,
      ]);
      expect(outcome).toContain("type: 'sandbox.teardown.deleted'");
    } finally {
      app.kill('SIGINT');
      await once(app, 'exit');
    }
  });
});

/** The first customer that `npm start` offers to tear down, once the functions are running. */
async function customerOffered(stdout: NodeJS.ReadableStream): Promise<string> {
  let customer: string | undefined;
  for await (const line of createInterface(stdout)) {
    customer ??= /npm run request -- (\S+)/.exec(line)?.[1];
    if (line.startsWith('Service Bus: ') && customer !== undefined) return customer;
  }
  throw new Error('npm start ended before it offered a customer.');
}

function output(script: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [script, ...args], { cwd: root, env: AS_A_USER }, (error, stdout) =>
      error === null ? resolve(stdout) : reject(error),
    );
  });
}
