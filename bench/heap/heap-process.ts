import { USUAL } from '../../scripts/cost/held.ts';
import { inProcessApp } from '../../simulation/in-process-app.ts';
import { REQUESTS } from '../../simulation/service-bus.ts';
import { CUSTOMERS, fullSandbox } from '../full-sandbox.ts';
import { playUntil } from '../night/actor.ts';
import { meteredTransport } from '../night/metered-transport.ts';
import { BACKOFF } from '../night/night.ts';
import { Platform } from '../night/platform.ts';
import { VirtualClock } from '../night/virtual-clock.ts';
import { heldBytes } from '../report/held-bytes.ts';

// Run with --expose-gc and some counts of teardowns: says what one instance of the app holds after each.

const REQUESTS_PER_MINUTE = 1_000_000;

const clock = new VirtualClock();
const nowMs = () => clock.nowMs;
const random = () => 0.5;
const newSandbox = () =>
  fullSandbox(nowMs, {
    // A few checks each.
    cancelTakesMs: (purchase) => (purchase % 4) * 5_000,
    kinds: ['reservation'],
    requestsPerMinute: REQUESTS_PER_MINUTE,
  });

const { tenantId } = newSandbox();
const app = inProcessApp({ sandbox: { tenantId, deniedTenantIds: [] }, nowMs, random });

/** Sandbox and Service Bus are new each time, so that only what the app holds can grow. */
async function teardowns(): Promise<void> {
  const sandbox = newSandbox();
  const transport = meteredTransport(sandbox, clock, USUAL.apiRequestMs, {
    requests: 0,
    throttled: 0,
  });
  const platform = new Platform({
    ...USUAL,
    ...{ app, clock, sandbox, transport, random },
    ...{ instances: 1, requestsPerMinute: REQUESTS_PER_MINUTE, backoff: BACKOFF },
  });
  for (const { id } of sandbox.state().customers) {
    platform.send(REQUESTS, { messageId: id, body: { customerTenantId: id } });
  }
  const isOver = () => platform.ended.size >= CUSTOMERS && platform.isIdle;
  await playUntil(isOver, clock, [platform]);
}

let done = 0;
for (const wanted of process.argv.slice(2).map(Number)) {
  for (; done < wanted; done += CUSTOMERS) await teardowns();
  console.log(JSON.stringify({ teardowns: done, heldBytes: await heldBytes() }));
}
