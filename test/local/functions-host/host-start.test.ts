import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { spawnFunctionsHost } from '../../../local/functions-host/spawn-functions-host.ts';
import { HostRecorder } from './host-recorder.ts';

const directories: string[] = [];

afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true });
});

function createApp(files: Record<string, string>): string {
  const directory = mkdtempSync(join(tmpdir(), 'functions-host-'));
  directories.push(directory);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  return directory;
}

const packageJson = '{"main":"main.cjs"}';

function appOf(main: string): Record<string, string> {
  return { 'package.json': packageJson, 'host.json': '{}', 'main.cjs': main };
}

/** An app that needs no package: it registers one function straight with the core module. */
function appWith(binding: object): Record<string, string> {
  return appOf(`
    const core = require('@azure/functions-core');
    core.registerFunction({ name: 'work', bindings: { trigger: ${JSON.stringify(binding)} } }, () => {});
  `);
}

const queue = { type: 'serviceBusTrigger', connection: 'BUS', queueName: 'jobs' };

test.concurrent.each([
  ['without a package.json', { 'host.json': '{}' }, /package\.json does not exist/],
  ['without a host.json', { 'package.json': packageJson }, /has no host\.json/],
  ['without a main', { 'host.json': '{}', 'package.json': '{}' }, /has no "main"/],
  [
    'that is not built',
    { 'host.json': '{}', 'package.json': packageJson },
    /Found no file matching "main\.cjs".*Build the app first/,
  ],
  [
    'that throws while it loads',
    appOf('throw new Error("TEARDOWN_MODE is \\"maybe\\": set it to off, dry-run or enforce.")'),
    /^The app could not be loaded: TEARDOWN_MODE is "maybe": set it to off, dry-run or enforce\.$/,
  ],
  ['that ends the process', appOf('process.exit(3)'), /ended before it was ready \(exit code 3\)/],
  ['without functions', appOf(''), /registered no function/],
  [
    'with a wrong host.json',
    { ...appOf(''), 'host.json': '{"functionTimeout":5}' },
    /host\.json: functionTimeout must be a time span/,
  ],
  [
    'with an unsupported trigger',
    appWith({ type: 'httpTrigger' }),
    /^Function "work", binding "trigger": triggers of type "httpTrigger" are not supported/,
  ],
  ['with sessions', appWith({ ...queue, isSessionsEnabled: true }), /sessions are not supported/],
  ['without its connection', appWith(queue), /set the app setting 'BUS'/],
  [
    'without a programming model',
    appWith({ type: 'timerTrigger', schedule: '0 0 0 1 1 *' }),
    /without a programming model/,
  ],
] as [string, Record<string, string>, RegExp][])(
  'an app %s does not start, and says why',
  async (_description, files, sentence) => {
    const output: string[] = [];
    const start = spawnFunctionsHost({
      appDirectory: createApp(files),
      environment: {},
      onOutput: (line, stream) => output.push(`${stream} ${line}`),
    });
    await expect(start).rejects.toThrow(sentence);
    expect(output.join('\n')).not.toContain('Host started');
  },
);

test('the reason of a failed start stands on stderr', async () => {
  const output: string[] = [];
  const start = spawnFunctionsHost({
    appDirectory: createApp(appOf('throw new Error("SETTING is missing: set it.")')),
    environment: {},
    onOutput: (line, stream) => output.push(`${stream} ${line}`),
  });
  await expect(start).rejects.toThrow();
  expect(output[0]).toMatch(
    /^stderr \[.*\] error: The app could not be loaded: SETTING is missing/,
  );
});

test('a host that dies unexpectedly is noticed', async () => {
  const host = await new HostRecorder().spawn('es-module');
  process.kill(host.pid, 'SIGKILL');
  await expect(host.exited).resolves.toEqual({
    exitCode: null,
    signal: 'SIGKILL',
    expected: false,
  });
});

test('a host whose parent has gone stops by itself', async () => {
  const main = fileURLToPath(new URL('../../../local/functions-host/main.ts', import.meta.url));
  const app = fileURLToPath(new URL('./fixtures/es-module', import.meta.url));
  const child = fork(main, [app], { stdio: 'ignore', execArgv: [] });
  await once(child, 'message');
  child.disconnect();
  expect(await once(child, 'exit')).toEqual([0, null]);
});
