import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ServiceBusClient } from '@azure/service-bus';

export interface Memory {
  /** Live objects and buffers, after a collection. */
  readonly heldBytes: number;
  readonly residentBytes: number;
}

/** The broker in its own process, and Microsoft's client of it in this one. */
export class MeasuredBroker {
  readonly client: ServiceBusClient;
  readonly #process: ChildProcess;

  private constructor(child: ChildProcess, connectionString: string) {
    this.#process = child;
    this.client = new ServiceBusClient(connectionString);
  }

  static async start(): Promise<MeasuredBroker> {
    const program = fileURLToPath(new URL('broker-process.ts', import.meta.url));
    const child = fork(program, { execArgv: ['--expose-gc'] });
    const [{ connectionString }] = await once(child, 'message');
    return new MeasuredBroker(child, connectionString);
  }

  async memory(): Promise<Memory> {
    this.#process.send('memory');
    const [memory] = await once(this.#process, 'message');
    return memory;
  }

  async stop(): Promise<void> {
    await this.client.close();
    const exited = once(this.#process, 'exit');
    this.#process.disconnect();
    await exited;
  }
}
