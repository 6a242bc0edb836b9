import type { Sandbox } from 'partner-center-sandbox/core';
import type { Transport } from '../../src/partner-center/http/transport.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** The requests of the app so far. */
export interface Meter {
  requests: number;
  throttled: number;
}

/** The simulated sandbox without a socket; each answer takes time on the virtual clock. */
export function meteredTransport(
  sandbox: Sandbox,
  clock: VirtualClock,
  answerMs: number,
  meter: Meter,
): Transport {
  return async ({ method, path, headers: own, json }, headers) => {
    const [pathname = '', query = ''] = path.split('?');
    meter.requests += 1;
    await clock.sleep(answerMs / 2);
    const {
      status,
      headers: answered,
      body,
    } = sandbox.handle({
      method: method.toUpperCase(),
      path: `/v1${pathname}`,
      query: Object.fromEntries(new URLSearchParams(query)),
      headers: { ...own, ...headers },
      ...(json !== undefined && { body: json }),
      caller: sandbox.appOnlyCaller,
    });
    if (status === 429) meter.throttled += 1;
    await clock.sleep(answerMs / 2);
    const given = new Headers(answered);
    return { status, headers: given, body: body === undefined ? '' : JSON.stringify(body) };
  };
}
