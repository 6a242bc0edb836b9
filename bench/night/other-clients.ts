import type { Sandbox } from 'partner-center-sandbox/core';
import type { Actor } from './actor.ts';
import type { VirtualClock } from './virtual-clock.ts';

const MINUTE_MS = 60 * 1000;

/** Other clients of the tenant, with evenly spaced requests. */
export function otherClients(sandbox: Sandbox, clock: VirtualClock, perMinute: number): Actor {
  const everyMs = MINUTE_MS / perMinute;
  let nextMs = perMinute === 0 ? Infinity : clock.nowMs;
  return {
    get nextMs() {
      return nextMs;
    },
    act() {
      for (; nextMs <= clock.nowMs; nextMs += everyMs) {
        const caller = sandbox.appOnlyCaller;
        sandbox.handle({ method: 'GET', path: '/v1/customers', caller });
      }
    },
  };
}
