import { spawn } from 'node:child_process';
import { APP_DIRECTORY } from '../stack/embedded-stack.ts';

/**
 * Runs `func start` with these settings until it ends; resolves to its exit code. Without a storage account
 * the timers cannot keep their schedules, so they are switched off then.
 */
export function runCoreTools(
  program: string,
  settings: Readonly<Record<string, string>>,
): Promise<number> {
  const hasStorage = Boolean({ ...process.env, ...settings }['AzureWebJobsStorage']);
  const child = spawn(program, ['start'], {
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
