import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { APP_DIRECTORY } from '../stack/embedded-stack.ts';

const USUAL_PORT = 7071;

/**
 * Runs `func start` with these settings until it ends; resolves to its exit code. Without a storage account
 * the timers cannot keep their schedules, so they are switched off then.
 */
export async function runCoreTools(
  program: string,
  settings: Readonly<Record<string, string>>,
): Promise<number> {
  const hasStorage = Boolean({ ...process.env, ...settings }['AzureWebJobsStorage']);
  const port = await freePort(USUAL_PORT);
  const child = spawn(program, ['start', '--port', String(port)], {
    cwd: APP_DIRECTORY,
    stdio: 'inherit',
    env: {
      ...process.env,
      ...settings,
      FUNCTIONS_WORKER_RUNTIME: 'node',
      ...(!hasStorage && {
        'AzureWebJobs.nightlySweep.Disabled': 'true',
        'AzureWebJobs.parkDeadLetters.Disabled': 'true',
      }),
    },
  });
  // Ctrl-C reaches the child by itself; we outlive it to close the stack.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 0));
  });
}

/** This port, or any free one where another `npm start` has it. */
function freePort(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => (port === 0 ? reject(error) : resolve(freePort(0))));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}
