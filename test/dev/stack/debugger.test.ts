import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

interface Attaching {
  readonly address: string;
  readonly port: number;
  readonly preLaunchTask: string;
}

interface Task {
  readonly label: string;
  readonly script: string;
  readonly options?: { readonly env: Readonly<Record<string, string>> };
  readonly problemMatcher: { readonly background?: { readonly endsPattern: string } };
}

interface Request {
  readonly id: number;
  readonly method: string;
  readonly params?: object;
}

interface Answer {
  readonly id?: number;
  readonly params?: { readonly url?: string; readonly sourceMapURL?: string };
  readonly result?: { readonly result?: { readonly value?: unknown } };
}

const vscode = async <T>(file: string): Promise<T> =>
  JSON.parse(await readFile(`${root}/.vscode/${file}`, 'utf8')) as T;
const { configurations } = await vscode<{ configurations: [Attaching] }>('launch.json');
const { tasks } = await vscode<{ tasks: Task[] }>('tasks.json');
const [{ address, port, preLaunchTask }] = configurations;
const task = tasks.find(({ label }) => label === preLaunchTask);

const ARGUMENTS = 'languageWorkers__node__arguments';
const env = task?.options?.env ?? {};
const onAnyPort = env[ARGUMENTS]?.replace(`${address}:${port}`, `${address}:0`);
/** Then Visual Studio Code attaches. */
const ready = new RegExp(`(${task?.problemMatcher.background?.endsPattern})`);

it('Visual Studio Code can attach to the functions that its task has started, and finds their sources', async () => {
  expect(onAnyPort).toBe('--inspect=127.0.0.1:0');
  expect(task?.script).toBe('start');
  const app = spawn(process.execPath, ['dev/start.ts'], {
    cwd: root,
    env: { ...process.env, ServiceBusConnection: '', ...env, [ARGUMENTS]: onAnyPort },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  try {
    const inspector = await firstMatch(app.stderr, /^Debugger listening on (ws:\S+)$/);
    await firstMatch(app.stdout, ready);
    const answers = await ask(inspector, [
      { id: 1, method: 'Debugger.enable' },
      { id: 2, method: 'Runtime.evaluate', params: { expression: 'process.argv[1]' } },
    ]);
    const program = answers.find(({ id }) => id === 2)?.result?.result?.value;
    expect(program).toMatch(/local-functions-host[\\/]src[\\/]main\.ts$/);
    const bundle = answers.find(({ params }) => params?.url?.endsWith('/dist/main.cjs'));
    expect(bundle?.params?.sourceMapURL).toBe('main.cjs.map');
  } finally {
    app.kill('SIGINT');
    await once(app, 'exit');
  }
});

async function firstMatch(stream: NodeJS.ReadableStream, pattern: RegExp): Promise<string> {
  for await (const line of createInterface(stream)) {
    const [, found] = pattern.exec(line) ?? [];
    if (found !== undefined) return found;
  }
  throw new Error(`It ended without a line like ${pattern}.`);
}

/** Sends these to the inspector; everything that it says until the last one is answered. */
async function ask(address: string, requests: readonly Request[]): Promise<Answer[]> {
  const socket = new WebSocket(address);
  const answers: Answer[] = [];
  const answered = new Promise<void>((resolve, reject) => {
    socket.addEventListener('error', () => reject(new Error(`No one answers at ${address}.`)));
    socket.addEventListener('open', () => {
      for (const request of requests) socket.send(JSON.stringify(request));
    });
    socket.addEventListener('message', ({ data }) => {
      const answer = JSON.parse(String(data)) as Answer;
      answers.push(answer);
      if (answer.id === requests.at(-1)?.id) resolve();
    });
  });
  await answered.finally(() => socket.close());
  return answers;
}
