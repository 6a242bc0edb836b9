import { type ChildProcess, fork } from 'node:child_process';
import { on, once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { type HostEvent, spawnFunctionsHost } from '../src/spawn-functions-host.ts';
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

test.concurrent.each([
  ['without a host.json', { 'package.json': packageJson }, /has no host\.json/],
  [
    'that throws while it loads',
    appOf('throw new Error("TEARDOWN_MODE is \\"maybe\\": set it to off, dry-run or enforce.")'),
    /^The app could not be loaded: TEARDOWN_MODE is "maybe": set it to off, dry-run or enforce\.$/,
  ],
  ['that ends the process', appOf('process.exit(3)'), /ended before it was ready \(exit code 3\)/],
  ['without functions', appOf(''), /registered no function/],
  [
    'with an unsupported trigger',
    appWith({ type: 'httpTrigger' }),
    /^Function "work", binding "trigger": triggers of type "httpTrigger" are not supported/,
  ],
  [
    'without a programming model',
    appWith({ type: 'timerTrigger', schedule: '0 0 0 1 1 *' }),
    /without a programming model/,
  ],
] as [string, Record<string, string>, RegExp][])(
  'an app %s does not start, and says why',
  async (_description, files, message) => {
    const output: string[] = [];
    const start = spawnFunctionsHost({
      appDirectory: createApp(files),
      environment: {},
      onOutput: (line, stream) => output.push(`${stream} ${line}`),
    });
    await expect(start).rejects.toThrow(message);
    // Nothing on stdout, and on stderr first of all the reason, unless the app itself ended without a word.
    expect(output.filter((line) => !line.startsWith('stderr '))).toEqual([]);
    expect(output[0] ?? 'stderr [] error: ').toMatch(/^stderr \[.*\] error: /);
  },
);

/** Windows has no signals: whoever is killed ends with an exit code, and no one can be asked to end. */
const hasSignals = process.platform !== 'win32';

test('a host that dies unexpectedly is detected', async () => {
  const host = await new HostRecorder().spawn('es-module');
  process.kill(host.pid, 'SIGKILL');
  await expect(host.exited).resolves.toEqual({
    ...(hasSignals ? { exitCode: null, signal: 'SIGKILL' } : { exitCode: 1, signal: null }),
    expected: false,
  });
});

function forkHost(...parameters: string[]) {
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
  const app = fileURLToPath(new URL('./fixtures/es-module', import.meta.url));
  return fork(main, [app, ...parameters], { stdio: 'ignore', execArgv: [] });
}

async function nextEvent(child: ChildProcess, type: HostEvent['type']): Promise<HostEvent> {
  for await (const [message] of on(child, 'message')) {
    const event = message as HostEvent;
    if (event.type === type) return event;
  }
  throw new Error('The host ended.');
}

test('a timer function can be run right after the start', async () => {
  const child = forkHost('--invoke', 'quiet');
  expect(await nextEvent(child, 'invocation-ended')).toMatchObject({
    functionName: 'quiet',
    succeeded: true,
  });
  child.send({ type: 'stop' });
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test.runIf(hasSignals)('a host that is asked to terminate ends in order', async () => {
  const child = forkHost();
  await nextEvent(child, 'ready');
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test('an unknown function is refused', async () => {
  const child = forkHost('--invoke', 'nothing');
  expect(await nextEvent(child, 'failed')).toMatchObject({
    message: expect.stringMatching(/There is no function "nothing"/),
  });
  expect(await once(child, 'exit')).toEqual([2, null]);
});

test('a host whose parent has ended stops by itself', async () => {
  const child = forkHost();
  await nextEvent(child, 'ready');
  child.disconnect();
  expect(await once(child, 'exit')).toEqual([0, null]);
});
