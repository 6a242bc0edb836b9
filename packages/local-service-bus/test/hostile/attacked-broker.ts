import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import {
  ServiceBusClient,
  type ServiceBusReceiver,
  type ServiceBusSender,
} from '@azure/service-bus';

const PROGRAM = fileURLToPath(new URL('broker-process.ts', import.meta.url));

/** What its process is asked: for the bytes of live objects and buffers, or for the processor's time so far. */
export interface Question {
  readonly asks: 'held-bytes' | 'work';
  readonly enoughBytes?: number;
}

/** For a message that never comes. */
const PATIENCE_MS = 300_000;

/** The broker under attack in its own process, and an honest client of it. */
export class AttackedBroker {
  readonly port: number;
  readonly #process: ChildProcess;
  readonly #connectionString: string;
  readonly #client: ServiceBusClient;
  readonly #sender: ServiceBusSender;
  readonly #receiver: ServiceBusReceiver;
  #sentCount = 0;

  private constructor(child: ChildProcess, port: number, connectionString: string) {
    this.#process = child;
    this.port = port;
    this.#connectionString = connectionString;
    this.#client = connect(connectionString);
    this.#sender = this.#client.createSender('calm');
    this.#receiver = this.#client.createReceiver('calm');
  }

  static async start(): Promise<AttackedBroker> {
    const child = fork(PROGRAM, { execArgv: ['--expose-gc'], stdio: 'inherit' });
    const [{ port, connectionString }] = await once(child, 'message');
    return new AttackedBroker(child, port, connectionString);
  }

  get isAlive(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /**
   * The bytes of live objects and buffers, after a collection.
   *
   * @param enoughBytes as long as it is not below, the broker is given time to free what it does not hold
   */
  async heldBytes(enoughBytes?: number): Promise<number> {
    this.#ask({ asks: 'held-bytes', ...(enoughBytes !== undefined && { enoughBytes }) });
    const [heldBytes] = await once(this.#process, 'message');
    return heldBytes;
  }

  #ask(question: Question): void {
    this.#process.send(question);
  }

  async #workMs(): Promise<number> {
    this.#ask({ asks: 'work' });
    const [workMs] = await once(this.#process, 'message');
    return workMs;
  }

  /** An honest send and receive, of a client that is connected. @returns what the broker worked meanwhile, in milliseconds */
  roundTrip(): Promise<number> {
    return this.#roundTrip(this.#sender, this.#receiver);
  }

  /** The same of a client that has to connect first. */
  async roundTripOfNewcomer(): Promise<number> {
    const client = connect(this.#connectionString);
    try {
      return await this.#roundTrip(client.createSender('calm'), client.createReceiver('calm'));
    } finally {
      await client.close();
    }
  }

  async #roundTrip(sender: ServiceBusSender, receiver: ServiceBusReceiver): Promise<number> {
    const beforeMs = await this.#workMs();
    this.#sentCount += 1;
    await sender.sendMessages({ body: this.#sentCount });
    const [message] = await receiver.receiveMessages(1, { maxWaitTimeInMs: PATIENCE_MS });
    if (message?.body !== this.#sentCount) throw new Error('The honest client lost its message.');
    await receiver.completeMessage(message);
    return (await this.#workMs()) - beforeMs;
  }

  async stop(): Promise<void> {
    await this.#client.close();
    const exited = once(this.#process, 'exit');
    this.#process.disconnect();
    await exited;
  }
}

const connect = (connectionString: string): ServiceBusClient =>
  new ServiceBusClient(connectionString, { retryOptions: { maxRetries: 0 } });
