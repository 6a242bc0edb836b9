import { type CustomerSpec, type Fault, Sandbox } from 'partner-center-sandbox/core';
import { expect } from 'vitest';
import { PlayedBus } from '../../bench/played-bus.ts';
import { sandboxFetch } from '../../bench/sandbox-fetch.ts';
import { STEADY_BACKOFF } from '../../simulation/backoff.ts';
import { inProcessApp } from '../../simulation/in-process-app.ts';
import { Timeline } from '../../simulation/timeline.ts';
import { takeCheck, takeRequest } from '../../src/teardown/teardown.ts';

const silent = () => () => undefined;
export const oneOrder: CustomerSpec = { purchases: [{ kind: 'reservation', cancelTakesMs: 0 }] };

export interface Play {
  readonly customer?: CustomerSpec;
  readonly faults?: readonly Fault[];
  readonly settings?: Parameters<Sandbox['changeSettings']>[0];
  /** Is shown every request on its way, and may break the network by throwing. */
  readonly onRequest?: (request: Request) => void;
  /** Requests a customer that never existed. */
  readonly unknownCustomer?: true;
  /** The instance has proven the sandbox before, so the customer is read by its id and not from the list. */
  readonly isProven?: true;
}

const UNKNOWN_CUSTOMER = '00000000-1111-2222-3333-444444444444';

/**
 * One teardown from its request to its end, by the app's own client, on the simulated clock; with the requests
 * of each check, by method and the last part of the path.
 */
export async function play({ customer = oneOrder, faults = [], settings = {}, ...more }: Play) {
  const time = new Timeline();
  const nowMs = () => time.nowMs;
  const sandbox = new Sandbox({ nowMs, seed: 1, settings: { pageSize: 100 } });
  sandbox.changeSettings({ refuseEntitlementsToAppOnly: false, ...settings });
  const { customerId } = sandbox.addCustomer(customer);
  for (const fault of faults) sandbox.injectFault({ ...fault, customerId });
  const send = sandboxFetch(sandbox);
  const bus = new PlayedBus(time);
  const checks: string[][] = [];
  const beganMs = nowMs();
  const times: { readonly request: string; readonly afterMs: number }[] = [];
  const app = inProcessApp({ sandbox: { tenantId: sandbox.tenantId, deniedTenantIds: [] }, nowMs });
  const fetch: typeof send = async (input, init) => {
    if (input instanceof Request) {
      const request = `${input.method} ${input.url.split('/').at(-1)}`;
      checks.at(-1)?.push(request);
      times.push({ request, afterMs: nowMs() - beganMs });
      more.onRequest?.(input);
    }
    return send(input, init);
  };
  const now = { mode: 'enforce', protections: [] } as const;
  const teardown = app.teardown(now, STEADY_BACKOFF, {
    senders: bus.senders,
    peek: bus.peek,
    fetch,
  });
  const customerTenantId = more.unknownCustomer ? UNKNOWN_CUSTOMER : customerId;
  const toItsEnd = async (body: object, messageId: string) => {
    checks.push([]);
    await takeRequest({ body, messageId }, teardown, silent);
    for (let next = bus.take(); next !== undefined; next = bus.take()) {
      checks.push([]);
      await takeCheck(next, teardown, silent);
    }
    return bus.outcomes.at(-1);
  };
  if (more.isProven) await toItsEnd({ customerTenantId: UNKNOWN_CUSTOMER }, 'before');
  checks.splice(0);
  const outcome = await toItsEnd({ customerTenantId }, 't');
  if (outcome === undefined) return expect.unreachable('The teardown has no outcome.');
  return { outcome, words: `${outcome.outcome} ${outcome.reason}`, sandbox, checks, times };
}
