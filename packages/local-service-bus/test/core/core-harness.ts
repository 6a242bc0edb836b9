import type { SendableMessage } from '../../src/core/message.ts';
import { Namespace } from '../../src/core/namespace.ts';
import { parseEntities } from '../../src/entities.ts';

export const START_MS = Date.UTC(2026, 0, 1);

/** A namespace without sockets, its time moved by hand and its ids counted up. */
export class CoreHarness {
  nowMs = START_MS;
  readonly available: string[] = [];
  readonly namespace: Namespace;
  #ids = 0;

  constructor(entities: object) {
    this.namespace = new Namespace({
      entities: parseEntities(entities),
      nowMs: () => this.nowMs,
      newId: () => {
        this.#ids += 1;
        return `id-${this.#ids}`;
      },
      onAvailable: (path) => this.available.push(path),
    });
  }

  static withQueue(properties: object = {}): CoreHarness {
    return new CoreHarness({ queues: [{ name: 'jobs', properties }] });
  }

  send(...messages: Partial<SendableMessage>[]): number[] {
    return this.namespace.send(
      'jobs',
      messages.map((message) => ({ body: message.messageId, ...message })),
    );
  }

  receiveOne(path = 'jobs') {
    const [message] = this.namespace.receive(path);
    if (message === undefined) throw new Error(`Nothing to receive from ${path}.`);
    return message;
  }

  bodies(path = 'jobs'): unknown[] {
    return this.namespace.receiveAndDelete(path, Infinity).map((message) => message.content.body);
  }
}

export const minutes = (count: number): number => count * 60_000;
