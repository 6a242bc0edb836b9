import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { extname, join } from 'node:path';
import { createInterface } from 'node:readline';

/** Beside this file, as TypeScript in the checkout and as JavaScript in the package. */
const MAIN = join(import.meta.dirname, `main${extname(import.meta.filename)}`);

export interface SpawnBrokerOptions {
  /** The file that declares queues and topics. */
  readonly entitiesFile: string;
  /** A file that keeps what the broker holds: the next one that is given it goes on where this one was killed. */
  readonly journalPath?: string;
  /** On 127.0.0.1; any free one if left out. */
  readonly port?: number;
}

/** A broker in a process of its own. */
export interface SpawnedBroker {
  readonly port: number;
  readonly connectionString: string;
  /** Ends the process at once, as a crash would. */
  kill(): Promise<void>;
}

/**
 * Starts a broker that can be killed without harm to this process, to test what its clients make of that.
 * @throws Error if it ends before it is ready; why, it says on stderr
 */
export async function spawnBroker(options: SpawnBrokerOptions): Promise<SpawnedBroker> {
  const { entitiesFile, journalPath, port = 0 } = options;
  const journal = journalPath === undefined ? [] : ['--journal', journalPath];
  const parameters = ['--entities', entitiesFile, ...journal, '--port', String(port)];
  const child = spawn(process.execPath, [MAIN, ...parameters], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const failed = exited.then(() => {
    throw new Error('The broker ended before it was ready.');
  });
  failed.catch(() => undefined);
  const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), failed]);
  return {
    ...(JSON.parse(String(line)) as Pick<SpawnedBroker, 'port' | 'connectionString'>),
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
