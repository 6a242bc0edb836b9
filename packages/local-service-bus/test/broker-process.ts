import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type SpawnedBroker, spawnBroker } from '../src/spawn-broker.ts';

/** A broker with a journal; killed without a word, and started again where it was. */
export class BrokerProcess {
  /** How often it was killed. */
  kills = 0;
  readonly #start: (port: number) => Promise<SpawnedBroker>;
  #broker: SpawnedBroker;

  private constructor(start: (port: number) => Promise<SpawnedBroker>, broker: SpawnedBroker) {
    this.#start = start;
    this.#broker = broker;
  }

  static async start(entities: object): Promise<BrokerProcess> {
    const directory = mkdtempSync(join(tmpdir(), 'broker-'));
    const entitiesFile = join(directory, 'entities.json');
    writeFileSync(entitiesFile, JSON.stringify(entities));
    const journalPath = join(directory, 'bus.journal');
    const start = (port: number) => spawnBroker({ entitiesFile, journalPath, port });
    const broker = new BrokerProcess(start, await start(0));
    onTestFinished(async () => {
      await broker.#broker.kill();
      rmSync(directory, { recursive: true, force: true });
    });
    return broker;
  }

  get connectionString(): string {
    return this.#broker.connectionString;
  }

  async start(): Promise<void> {
    this.#broker = await this.#start(this.#broker.port);
  }

  async kill(): Promise<void> {
    await this.#broker.kill();
    this.kills += 1;
  }

  async killAndRestart(): Promise<void> {
    await this.kill();
    await this.start();
  }
}
