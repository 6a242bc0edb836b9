import { setTimeout as delay } from 'node:timers/promises';

const MAX_MS = 300_000;
const CHECK_EVERY_MS = 5;

/** Counts the broker's clients by its log. */
export class BusClients {
  #connected = 0;
  #everConnected = 0;

  readonly log = (line: string): void => {
    if (/^service bus: .* connected$/.test(line)) {
      this.#connected += 1;
      this.#everConnected += 1;
    }
    if (/^service bus: .* left$/.test(line)) this.#connected -= 1;
  };

  /**
   * Resolves when the broker has noticed that all are gone: until then it may still hand them messages.
   * @throws Error if it does not, or if its log never told of any
   */
  async untilGone(): Promise<void> {
    if (this.#everConnected === 0) {
      throw new Error(
        'The broker logs no client that connects: correct what BusClients checks for.',
      );
    }
    const untilMs = performance.now() + MAX_MS;
    while (this.#connected > 0) {
      if (performance.now() > untilMs) {
        throw new Error(
          `The broker still counts ${this.#connected} clients whose process is dead.`,
        );
      }
      await delay(CHECK_EVERY_MS);
    }
  }
}
