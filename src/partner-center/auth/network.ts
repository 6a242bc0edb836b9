import { AsyncLocalStorage } from 'node:async_hooks';
import { boundedText } from '../http/bounded-text.ts';

/** An answer with two tokens has some ten thousand bytes. */
export const MAX_ANSWER_BYTES = 128 * 1024;

/** The longest way to a token asks a login endpoint, an identity endpoint and a vault some fifty times. */
const MAX_REQUESTS = 100;

/** The longest that one request may take, whoever sends it. */
const MAX_REQUEST_MS = 10_000;

export interface HttpResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/**
 * HTTP for one sign-in, whichever library sends by it: how much is read, for how long, and how often it may ask are
 * bounded. No redirect is followed: a form has the app's secret in it, and would go to whatever host an answer names.
 */
export interface Network {
  send(url: string, init: RequestInit): Promise<HttpResponse>;
  /** The sign-in is over: what is still on its way is read no further, and nothing is asked any more. */
  close(): void;
}

export function network(maxRequests = MAX_REQUESTS): Network {
  const open = new AbortController();
  let requests = 0;
  return {
    async send(url, init) {
      requests += 1;
      if (requests > maxRequests) {
        throw new Error(`This sign-in has made its ${maxRequests} requests.`);
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

/** The network of the sign-in that is under way, for what a library keeps from one sign-in to the next. */
const underWay = new AsyncLocalStorage<Network>();

/** Does the work of a sign-in by its network, also where {@link networkUnderWay} is what is asked. */
export const byNetwork = <T>(by: Network, work: (by: Network) => Promise<T>): Promise<T> =>
  underWay.run(by, () => work(by));

/** Stands for the network of whichever sign-in asks; outside of one, each request has a network of its own. */
export const networkUnderWay: Pick<Network, 'send'> = {
  send: (url, init) => (underWay.getStore() ?? network()).send(url, init),
};
