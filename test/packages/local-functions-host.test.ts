import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ServiceBusClient } from '@azure/service-bus';
import { parseEntities, startBroker } from 'local-service-bus';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { json } from '../repository/files.ts';
import { Installed } from './installed.ts';

const { dependencies } = await json<{ dependencies: Record<string, string> }>('package.json');

const APP = `
  import { app } from '@azure/functions';
  app.serviceBusQueue('greet', {
    queueName: 'orders',
    connection: 'BUS',
    handler: (body, context) => context.log(\`greets \${body.name}\`),
  });
  app.timer('nightly', { schedule: '0 0 2 * * *', handler: (_timer, context) => context.log('night') });`;

describe('local-functions-host, installed in an empty folder,', () => {
  let installed: Installed;

  beforeAll(async () => {
    const library = '@azure/functions';
    installed = await Installed.from('local-functions-host', `${library}@${dependencies[library]}`);
    await mkdir(join(installed.folder, 'app'));
    await installed.write('app/package.json', '{ "type": "module", "main": "main.js" }');
    await installed.write('app/host.json', '{ "version": "2.0" }');
    await installed.write('app/main.js', APP);
  });
  afterAll(() => installed.remove());

  it('is found by npx', async () => {
    expect(await installed.npx('local-functions-host', '--help')).toContain('--invoke <function>');
  });

  it('runs an app on a message, and a timer by hand', async () => {
    const broker = await startBroker({ entities: parseEntities({ queues: [{ name: 'orders' }] }) });
    onTestFinished(() => broker.close());
    const host = installed.start(
      'local-functions-host/lib/main.js',
      ['app', '--invoke', 'nightly'],
      { env: { BUS: broker.connectionString } },
    );
    onTestFinished(() => void host.kill());
    const client = new ServiceBusClient(broker.connectionString);
    onTestFinished(() => client.close());
    await client.createSender('orders').sendMessages({ body: { name: 'Ada' } });
    const wanted = new Set(['night', 'greets Ada']);
    for await (const line of createInterface(host.stdout)) {
      for (const text of wanted) if (line.includes(text)) wanted.delete(text);
      if (wanted.size === 0) break;
    }
    expect([...wanted]).toEqual([]);
  });

  it('says which version it is', async () => {
    expect(await installed.npx('local-functions-host', '--version')).toBe('0.1.0\n');
  });

  it('has no dependency that needs a newer Node than it names', async () => {
    expect(await installed.needingNewerNode()).toEqual([]);
  });

  it('can be used from a program', async () => {
    const printed = await installed.script(`
      import { spawnFunctionsHost } from 'local-functions-host';
      import { parseNcrontab } from 'local-functions-host/ncrontab';
      const lines = [];
      const host = await spawnFunctionsHost({
        appDirectory: 'app',
        environment: { BUS: 'Endpoint=sb://127.0.0.1:1;SharedAccessKeyName=n;SharedAccessKey=k;UseDevelopmentEmulator=true;' },
        onOutput: (line) => lines.push(line),
      });
      await host.invoke('nightly');
      await host.kill();
      console.log(host.functions.map(({ name }) => name).join(), typeof parseNcrontab('0 0 2 * * *'));`);
    expect(printed).toBe('greet,nightly object\n');
  });

  it('has types, which tell wrong use', async () => {
    const complaints = await installed.check(`
      import { type FunctionsHost, type HostEvent, spawnFunctionsHost } from 'local-functions-host';
      const onEvent = (event: HostEvent) => console.log(event.type);
      const options = { appDirectory: 'app', environment: {} };
      const host: FunctionsHost = await spawnFunctionsHost({ ...options, onEvent });
      await host.stop();
      // @ts-expect-error
      await spawnFunctionsHost({ ...options, environment: { BUS: 7 } });`);
    expect(complaints).toBe('');
  });
});
