import { AsyncLocalStorage } from 'node:async_hooks';
import { boundedText } from '../http/bounded-text.ts';

/** An answer with two tokens has about ten thousand bytes. */
export const MAX_ANSWER_BYTES = 128 * 1024;

/** The longest way to a token takes about fifty requests to a login endpoint, an identity endpoint and a vault. */
const MAX_REQUESTS = 100;

/** The limit for one request. */
const MAX_REQUEST_MS = 10_000;

export interface HttpResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/**
 * HTTP for one sign-in, for every library in use. Size, duration and number of requests are bounded. No redirect is
 * followed: a form with the app's secret would go to any host that an answer names.
 */
export interface Network {
  /**
   * Sends one request.
   *
   * @throws RangeError for an answer that is too large
   * @throws Error without an answer in time, and once the sign-in is over or has used up its requests
   */
  send(url: string, init: RequestInit): Promise<HttpResponse>;
  /** Ends the sign-in: aborts the requests under way, and refuses new ones. */
  close(): void;
}

export function network(maxRequests = MAX_REQUESTS): Network {
  const open = new AbortController();
  let requests = 0;
  return {
    async send(url, init) {
      requests += 1;
      if (requests > maxRequests) {
        throw new Error(`This sign-in has used up its ${maxRequests} requests.`);
      }
      const signal = AbortSignal.any([
        open.signal,
        AbortSignal.timeout(MAX_REQUEST_MS),
        ...(init.signal ? [init.signal] : []),
      ]);
      const response = await fetch(url, { ...init, redirect: 'manual', signal });
      const text = await boundedText(response, signal, MAX_ANSWER_BYTES);
      return { status: response.status, headers: response.headers, text };
    },
    close: () => open.abort(new Error('The sign-in is over.')),
  };
}

/** The network of the current sign-in, for libraries that keep their client from one sign-in to the next. */
const underWay = new AsyncLocalStorage<Network>();

/** Runs the work of a sign-in with its network, which {@link networkUnderWay} then uses too. */
export const byNetwork = <T>(by: Network, work: (by: Network) => Promise<T>): Promise<T> =>
  underWay.run(by, () => work(by));

/** The network of the current sign-in; outside of one, each request has its own network. */
export const networkUnderWay: Pick<Network, 'send'> = {
  send: (url, init) => (underWay.getStore() ?? network()).send(url, init),
};
