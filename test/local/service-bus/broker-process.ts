import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const MAIN = fileURLToPath(new URL('../../../local/service-bus/main.ts', import.meta.url));

/** The broker in a process of its own, with a journal; killed without a word, and started again where it was. */
export class BrokerProcess {
  readonly #directory = mkdtempSync(join(tmpdir(), 'broker-'));
  readonly #entitiesFile: string;
  #child: ChildProcess | undefined;
  #port = 0;
  connectionString = '';
  /** How often it was killed. */
  kills = 0;

  private constructor(entities: object | string) {
    this.#entitiesFile =
      typeof entities === 'string' ? entities : join(this.#directory, 'entities.json');
    if (typeof entities !== 'string') {
      writeFileSync(this.#entitiesFile, JSON.stringify(entities));
    }
  }

  /** @param entities or the file that declares them */
  static async start(entities: object | string): Promise<BrokerProcess> {
    const broker = new BrokerProcess(entities);
    onTestFinished(async () => {
      await broker.kill();
      rmSync(broker.#directory, { recursive: true, force: true });
    });
    await broker.start();
    return broker;
  }

  async start(): Promise<void> {
    const child = spawn(
      process.execPath,
      [
        MAIN,
        ...['--entities', this.#entitiesFile],
        ...['--journal', join(this.#directory, 'bus.journal')],
        ...['--port', String(this.#port)],
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    this.#child = child;
    const exited = once(child, 'exit').then(() => {
      throw new Error('The broker ended before it was ready.');
    });
    const ready = once(createInterface({ input: child.stdout }), 'line');
    const [line] = await Promise.race([ready, exited]);
    ({ port: this.#port, connectionString: this.connectionString } = JSON.parse(String(line)));
    exited.catch(() => undefined);
  }

  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    this.kills += 1;
    await exited;
  }

  async killAndRestart(): Promise<void> {
    await this.kill();
    await this.start();
  }
}
