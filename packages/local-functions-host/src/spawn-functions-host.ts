import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { extname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { FunctionSummary, HostCommand, HostEvent } from './events.ts';

export type { FunctionSummary, HostEvent } from './events.ts';

/** Beside this file, as TypeScript in the checkout and as JavaScript in the package. */
const MAIN = join(import.meta.dirname, `main${extname(import.meta.filename)}`);
/** A host that has not started by then never will. */
const START_MS = 20_000;
/** The host's own limits for draining and closing, and some reserve. */
const STOP_MS = 25_000;
/** What the child inherits besides the settings it is given: just enough for Node to run. */
const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'USERPROFILE'];
/** How many lines of stderr are kept to explain a start that failed without a word over IPC. */
const KEPT_ERROR_LINES = 20;

export interface SpawnOptions {
  /** The function app: a directory with host.json and a package.json whose `main` is built. */
  appDirectory: string;
  /** All settings of the app; of this process's environment it only inherits what Node needs. */
  environment: Record<string, string>;
  onEvent?: (event: HostEvent) => void;
  /** Called for each line the host writes. */
  onOutput?: (line: string, stream: 'stdout' | 'stderr') => void;
  nodePath?: string;
  /** For the Node that runs the host, such as `--inspect=9229`. */
  nodeArguments?: readonly string[];
}

/** How a host process ended. */
export interface HostExit {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  /** False if no one had asked it to end. */
  expected: boolean;
}

/** A functions host running in a process of its own. */
export interface FunctionsHost {
  readonly pid: number;
  readonly functions: readonly FunctionSummary[];
  /** How long loading the app took, in milliseconds. */
  readonly loadMs: number;
  /** Resolves when the process has ended, for whatever reason. Never rejects. */
  readonly exited: Promise<HostExit>;
  /**
   * Runs a function by hand, one that messages start with `input` for a body; rejects with the error of the run, or if there is
   * no such function.
   */
  invoke(functionName: string, input?: string): Promise<void>;
  /** Lets running invocations finish (up to 10 s), then ends the process. */
  stop(): Promise<{ exitCode: number | null }>;
  /** Ends the process at once, as a crash would. */
  kill(): Promise<void>;
}

/**
 * Starts a functions host for an app in a process of its own.
 * @returns the host, once the app has loaded and its functions are listening
 * @throws Error with the reason if it does not start, or not within 20 s
 */
export async function spawnFunctionsHost(options: SpawnOptions): Promise<FunctionsHost> {
  const { appDirectory, environment, onEvent } = options;
  const { nodePath = process.execPath, nodeArguments = [] } = options;
  const child = spawn(nodePath, [...nodeArguments, MAIN, appDirectory], {
    env: { ...inheritedEnvironment(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const errorLines: string[] = [];
  readLines(child.stdout, (line) => options.onOutput?.(line, 'stdout'));
  readLines(child.stderr, (line) => {
    if (errorLines.length < KEPT_ERROR_LINES) errorLines.push(line);
    options.onOutput?.(line, 'stderr');
  });
  child.on('message', (message) => onEvent?.(message as HostEvent));
  const ending = { expected: false };
  const exited = awaitExit(child, ending);

  const ready = await awaitReady(child, exited, errorLines).catch(async (error: unknown) => {
    ending.expected = true;
    child.kill('SIGKILL');
    await exited;
    throw error;
  });

  const end = async (ask: () => void): Promise<HostExit> => {
    ending.expected = true;
    ask();
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    return exited.finally(() => clearTimeout(timer));
  };
  return {
    pid: ready.pid,
    functions: ready.functions,
    loadMs: ready.loadMs,
    exited,
    invoke: (functionName, input) => invoke(child, exited, functionName, input),
    stop: async () => ({ exitCode: (await end(() => tell(child, { type: 'stop' }))).exitCode }),
    kill: async () => void (await end(() => child.kill('SIGKILL'))),
  };
}

interface Ready {
  pid: number;
  functions: FunctionSummary[];
  loadMs: number;
}

function awaitReady(
  child: ChildProcess,
  exited: Promise<HostExit>,
  errorLines: readonly string[],
): Promise<Ready> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () =>
        reject(new Error(`The functions host did not start within ${START_MS / 1_000} seconds.`)),
      START_MS,
    );
    let failure: string | undefined;
    child.on('message', (message) => {
      const event = message as HostEvent;
      if (event.type === 'failed') failure = event.message;
      if (event.type !== 'ready') return;
      clearTimeout(timer);
      resolve({ pid: child.pid ?? 0, functions: event.functions, loadMs: event.loadMs });
    });
    child.once('error', (error) => {
      failure = `The functions host could not be started: ${error.message}`;
    });
    void exited.then(({ exitCode, signal }) => {
      clearTimeout(timer);
      const end = `The functions host ended before it was ready (${signal ?? `exit code ${exitCode}`}).`;
      reject(new Error(failure ?? [end, ...errorLines].join('\n')));
    });
  });
}

function awaitExit(child: ChildProcess, ending: { expected: boolean }): Promise<HostExit> {
  return new Promise((resolve) => {
    const settle = (exitCode: number | null, signal: NodeJS.Signals | null) =>
      resolve({ exitCode, signal, expected: ending.expected });
    // 'close' comes after the last output and message; a process that never began has only 'error'.
    child.once('close', settle);
    child.once('error', () => child.pid ?? settle(null, null));
  });
}

/** A host that has just ended hears nothing, and need not. */
function tell(child: ChildProcess, command: HostCommand): void {
  if (child.connected) child.send(command, () => undefined);
}

function invoke(
  child: ChildProcess,
  exited: Promise<HostExit>,
  functionName: string,
  input = '',
): Promise<void> {
  const requestId = randomUUID();
  const command: HostCommand = { type: 'invoke', functionName, requestId, input };
  return new Promise((resolve, reject) => {
    const onMessage = (message: unknown) => {
      const event = message as HostEvent;
      if (event.type !== 'invoke-ended' || event.requestId !== requestId) return;
      child.off('message', onMessage);
      if (event.error === undefined) resolve();
      else reject(new Error(event.error));
    };
    child.on('message', onMessage);
    void exited.then(() =>
      reject(new Error(`The functions host ended before "${functionName}" had finished.`)),
    );
    if (!child.connected) return;
    child.send(command, (error) => error === null || reject(error));
  });
}

function inheritedEnvironment(): Record<string, string> {
  const entries = INHERITED.map((name) => [name, process.env[name]] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => !!entry[1]));
}

function readLines(stream: Readable | null, onLine: (line: string) => void): void {
  if (stream !== null) createInterface({ input: stream }).on('line', onLine);
}
