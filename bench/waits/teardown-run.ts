import { USUAL } from '../../scripts/cost/held.ts';
import { seeded } from '../../simulation/random.ts';
import { REQUESTS } from '../../simulation/service-bus.ts';
import { REQUESTS_A_MINUTE } from '../full-sandbox.ts';
import { playUntil } from '../night/actor.ts';
import { BACKOFF } from '../night/night.ts';
import { Platform } from '../night/platform.ts';
import { type Run, runOf } from './run.ts';
import type { World } from './world.ts';

/** The longest wait would use up the default of a day. */
const DEADLINE_MS = 7 * 24 * 60 * 60 * 1000;

/** This app, with the defaults of its settings. The hourly proofs of the sandbox, which serve all customers, are left out. */
export async function teardownRun(world: World, seed: number): Promise<Run> {
  const { clock, sandbox, transport, customerId } = world;
  const platform = new Platform({
    ...USUAL,
    ...{ clock, sandbox, transport },
    instances: 1,
    requestsPerMinute: REQUESTS_A_MINUTE,
    backoff: { ...BACKOFF, deadlineMs: DEADLINE_MS },
    random: seeded(seed),
  });
  platform.send(REQUESTS, { messageId: 'request', body: { customerTenantId: customerId } });
  await playUntil(() => platform.ended.size > 0 && platform.isIdle, clock, [platform]);
  const executionsMs = platform.groups.flatMap((group) => group.executionsMs);
  return runOf(executionsMs, world.meter.requests - world.proofs, world.overshootMs);
}
