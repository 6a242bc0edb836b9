import type { ServiceBusClient } from '@azure/service-bus';
import { type LinkCache, linkCache } from './link-cache.ts';
import { answered, isAnswer, lastOf } from './requests.ts';

/**
 * The longest that one request may take, connecting included: the SDK's own limits do not hold for all that it
 * does (a receiver takes two minutes to open where nobody answers), and host.json ends a function after one.
 */
export const MAX_REQUEST_MS = 15_000;

export interface ServiceBus {
  /**
   * Asks for one thing, which `what` names.
   *
   * @throws Error if that fails, or takes too long
   */
  ask<T>(what: string, request: (links: LinkCache) => Promise<T>): Promise<T>;
}

/** One client for an instance, connected when first needed. */
export interface SharedClient extends ServiceBus {
  close(): Promise<void>;
}

interface Connection {
  readonly links: Promise<LinkCache>;
  /** Requests that have not ended. */
  open: number;
}

/**
 * A client that cannot be made, or gives no answer, is left, with all it has opened: whoever asks next gets a
 * new one. What it was asked and may have done is repeated under the same id, or comes back when its lock ends.
 */
export function sharedClient(
  connect: () => Promise<ServiceBusClient>,
  maxMs = MAX_REQUEST_MS,
): SharedClient {
  let current: Connection | undefined;

  return {
    async ask(what, request) {
      current ??= { links: connect().then(linkCache), open: 0 };
      const asked = current;
      asked.open += 1;
      try {
        return await answered(maxMs, what, asked.links.then(request));
      } catch (error) {
        const reason = lastOf(error);
        if (!isAnswer(reason) && current === asked) current = undefined;
        throw reason;
      } finally {
        asked.open -= 1;
        // The others that wait for it may have more luck; each waits for so long only.
        if (current !== asked && asked.open === 0) void closeLinks(asked).catch(() => undefined);
      }
    },
    async close() {
      if (current === undefined) return;
      await answered(maxMs, 'close the connection', closeLinks(current));
    },
  };
}

async function closeLinks({ links }: Connection): Promise<void> {
  await (await links).close();
}
