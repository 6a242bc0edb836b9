import { pathKey } from '../core/entity-path.ts';
import type { Consumer } from './consumer.ts';

/** Hands out what becomes receivable to the consumers of a queue, one message each in turn. */
export class Dispatcher {
  readonly #consumers = new Map<string, Set<Consumer>>();
  readonly #woken = new Set<string>();

  add(consumer: Consumer): void {
    const key = pathKey(consumer.path);
    const consumers = this.#consumers.get(key) ?? new Set();
    consumers.add(consumer);
    this.#consumers.set(key, consumers);
  }

  remove(consumer: Consumer): void {
    this.#consumers.get(pathKey(consumer.path))?.delete(consumer);
  }

  /** Delivers from this path all that can be delivered, after the current turn. */
  wake(path: string): void {
    if (this.#woken.size === 0) queueMicrotask(() => this.#dispatchWoken());
    this.#woken.add(path);
  }

  #dispatchWoken(): void {
    const paths = [...this.#woken];
    this.#woken.clear();
    for (const path of paths) this.#dispatch(path);
  }

  #dispatch(path: string): void {
    const consumers = this.#consumers.get(pathKey(path)) ?? new Set();
    while ([...consumers].some((consumer) => takeTurn(consumers, consumer)));
    for (const consumer of consumers) consumer.answerDrain();
  }
}

/** Whoever was served goes to the end of the line. */
function takeTurn(consumers: Set<Consumer>, consumer: Consumer): boolean {
  try {
    if (!consumer.takeOne()) return false;
  } catch (error) {
    consumers.delete(consumer);
    consumer.fail(error);
    return true;
  }
  consumers.delete(consumer);
  consumers.add(consumer);
  return true;
}
