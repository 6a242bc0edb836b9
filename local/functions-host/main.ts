import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../clock.ts';
import { type HostEvent, isHostCommand } from './events.ts';
import { type Host, startHost } from './host.ts';
import { toError } from './invocation.ts';

const USAGE = 'Usage: node local/functions-host/main.ts [appDirectory] [--invoke <functionName>]';

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

function readArguments(): { appDirectory: string; invoke: string | undefined } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { invoke: { type: 'string' } },
    });
    if (positionals.length > 1) throw new Error(`"${positionals[1]}" is one argument too many.`);
    return { appDirectory: resolve(positionals[0] ?? '.'), invoke: values.invoke };
  } catch (error) {
    throw new Error(`${toError(error).message} ${USAGE}`);
  }
}

let isEnding = false;

async function fail(thrown: unknown): Promise<never> {
  const error = toError(thrown);
  isEnding = true;
  const cause = error.cause instanceof Error ? error.cause : error;
  process.stderr.write(`[${new Date().toISOString()}] error: ${error.message}\n`);
  process.stderr.write(`${stackFrames(cause)}\n`);
  await send({ type: 'failed', message: error.message });
  process.exit(1);
}

/** The frames of a stack, without the message that went before. */
function stackFrames(error: Error): string {
  return (error.stack ?? '')
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

  const { appDirectory, invoke } = readArguments();
  host = await startHost({
    appDirectory,
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
