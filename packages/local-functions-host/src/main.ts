#!/usr/bin/env node
import { resolve } from 'node:path';
import { systemClock } from '@sandbox-teardown/shared/clock';
import {
  packageCommand,
  UsageError,
  visible,
  WRONG_USE,
} from '@sandbox-teardown/shared/command-line';
import { type HostEvent, isHostCommand } from './events.ts';
import { type Host, startHost } from './host.ts';
import { toError } from './invocation.ts';

const command = packageCommand(
  'npx local-functions-host',
  'Runs a function app on this machine as the Azure Functions host would, until Ctrl-C.',
  import.meta.url,
)
  .argument('[appDirectory]', 'with its host.json, and a package.json whose "main" is built', '.')
  .option('--invoke <function>', 'run this one once, right after the start')
  .parse();
const [appDirectory = '.'] = command.args;
const { invoke } = command.opts<{ invoke?: string }>();

/** Tells the parent process, if there is one; resolves when it is sent. */
function send(event: HostEvent): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) resolve();
    else process.send(event, undefined, undefined, () => resolve());
  });
}

function emit(event: HostEvent): void {
  void send(event);
}

let isEnding = false;

async function fail(thrown: unknown): Promise<never> {
  const error = toError(thrown);
  isEnding = true;
  const isWrongUse = error instanceof UsageError;
  const message = isWrongUse ? visible(error.message) : error.message;
  process.stderr.write(`[${new Date().toISOString()}] error: ${message}\n`);
  if (!isWrongUse) process.stderr.write(`${stackFrames(error)}\n`);
  await send({ type: 'failed', message });
  process.exit(isWrongUse ? WRONG_USE : 1);
}

/** Where it, or what brought it about, was thrown, without the message that went before. */
function stackFrames(error: Error): string {
  const { stack = '' } = error.cause instanceof Error ? error.cause : error;
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}

async function end(host: Host | undefined): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  await host?.stop();
  process.exit(0);
}

async function obey(host: Host, message: unknown): Promise<void> {
  if (!isHostCommand(message)) return;
  if (message.type === 'stop') return end(host);
  const { functionName, requestId, input } = message;
  const error = await host.invoke(functionName, input).then(() => undefined, toError);
  if (requestId === undefined) return;
  const failure = error === undefined ? {} : { error: error.message };
  emit({ type: 'invoke-ended', requestId, ...failure });
}

async function main(): Promise<void> {
  let host: Host | undefined;
  const stop = () => void end(host).catch(fail);
  process.once('disconnect', stop);
  process.on('SIGINT', stop).on('SIGTERM', stop);
  process.on('uncaughtException', (error) => void fail(error));

  host = await startHost({
    appDirectory: resolve(appDirectory),
    environment: process.env,
    clock: systemClock,
    sinks: {
      stdout: (line) => process.stdout.write(`${line}\n`),
      stderr: (line) => process.stderr.write(`${line}\n`),
      emit,
      now: () => new Date(),
    },
  });
  const started = host;
  process.on('message', (message) => void obey(started, message).catch(fail));
  const list = host.functions.map(({ name, trigger }) => `${name}: ${trigger}`).join(', ');
  process.stdout.write(`[${new Date().toISOString()}] Host started (${list})\n`);
  emit({ type: 'ready', functions: host.functions, loadMs: host.loadMs });
  if (invoke !== undefined) await host.invoke(invoke);
}

// A parent that died has closed the pipes; the host still ends in order.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
// An app with nothing but timers would leave the process with nothing to wait for.
setInterval(() => {}, 2 ** 30);
await main().catch(fail);
