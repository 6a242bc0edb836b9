import { playOut } from '../night/actor.ts';
import { isCancelled, PartnerCenter } from './partner-center.ts';
import { type Run, runOf } from './run.ts';
import type { World } from './world.ts';

/** Between two passes. */
const SLEEP_MS = 5_000;

/**
 * The loop of Microsoft's sample, by its calls: cancels the order of every entitlement, asks for each order again until
 * all are cancelled, sleeps after each pass, and then deletes the customer. Source:
 * https://learn.microsoft.com/partner-center/developer/delete-a-customer-account-from-the-integration-sandbox
 *
 * @param memory as published, one pending order is never forgotten, so that the loop does not end: it is then stopped
 * @param maxMs when it is stopped
 */
export async function publishedLoop(
  world: World,
  memory: 'as published' | 'corrected',
  maxMs = Infinity,
): Promise<Run> {
  const { clock } = world;
  const startMs = clock.nowMs;
  await playOut(loop(world, memory, startMs + maxMs), clock);
  return runOf([clock.nowMs - startMs], world.meter.requests, world.overshootMs);
}

async function loop(
  world: World,
  memory: 'as published' | 'corrected',
  stopMs: number,
): Promise<void> {
  const partnerCenter = new PartnerCenter(world);
  const ids = await partnerCenter.orderIds();
  for (const id of ids) await partnerCenter.cancel(await partnerCenter.order(id));
  let areAllCancelled = true;
  do {
    if (world.clock.nowMs >= stopMs) return;
    if (memory === 'corrected') areAllCancelled = true;
    for (const id of ids) {
      if (!isCancelled(await partnerCenter.order(id))) areAllCancelled = false;
    }
    await world.clock.sleep(SLEEP_MS);
  } while (!areAllCancelled);
  await partnerCenter.deleteCustomer();
}
