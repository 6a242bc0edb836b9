import type { ServiceBusClient } from '@azure/service-bus';
import { type LinkCache, linkCache } from './link-cache.ts';
import { answered, isAnswer, lastOf } from './requests.ts';

/**
 * The limit for one request, connecting included. The SDK's own limits do not cover everything (a receiver takes two
 * minutes to open where nothing answers), and host.json ends a function after one.
 */
export const MAX_REQUEST_MS = 15_000;

export interface ServiceBus {
  /**
   * Makes one request, which `what` describes.
   *
   * @throws Error if it fails or takes too long
   */
  ask<T>(what: string, request: (links: LinkCache) => Promise<T>): Promise<T>;
}

/** One client for an instance, which connects when it is first needed. */
export interface SharedClient extends ServiceBus {
  close(): Promise<void>;
}

interface Connection {
  readonly links: Promise<LinkCache>;
  /** Requests under way. */
  open: number;
}

/**
 * A client that cannot connect, or does not answer, is dropped with all its links, and the next request gets a new one.
 * A request that may have been carried out is repeated under the same id, or its message comes back when its lock ends.
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
        // Other requests on this connection may still succeed, and each is bounded by its own limit.
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
