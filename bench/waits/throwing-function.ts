import { randomUUID } from 'node:crypto';
import { Namespace } from 'local-service-bus/core';
import { parseEntities } from 'local-service-bus/entities';
import { playOut } from '../night/actor.ts';
import { isCancelled, PartnerCenter } from './partner-center.ts';
import { type Run, runOf } from './run.ts';
import type { World } from './world.ts';

const QUEUE = 'requests';

/** The default of Service Bus. */
export const MAX_DELIVERIES = 10;

/** The longest lock of Service Bus: `PT5M`. */
export const MAX_LOCK_MS = 5 * 60 * 1000;

/**
 * A queue function that throws while an order is pending, so that Service Bus delivers its message again. It delivers at
 * once: the only delay is what the function sleeps with the lock held, at most the lock's duration.
 */
export async function throwingFunction(world: World, sleepMs: number): Promise<Run> {
  const { clock } = world;
  const bus = new Namespace({
    entities: parseEntities({
      queues: [
        { name: QUEUE, properties: { lockDuration: 'PT5M', maxDeliveryCount: MAX_DELIVERIES } },
      ],
    }),
    nowMs: () => clock.nowMs,
    newId: randomUUID,
  });
  bus.send(QUEUE, [{ messageId: 'request', body: world.customerId }]);
  const executionsMs: number[] = [];
  for (let [message] = bus.receive(QUEUE); message !== undefined; [message] = bus.receive(QUEUE)) {
    const startMs = clock.nowMs;
    const isDone = await playOut(attempt(world, sleepMs), clock);
    bus.settle(QUEUE, message.lockToken, { kind: isDone ? 'complete' : 'abandon' });
    executionsMs.push(clock.nowMs - startMs);
  }
  return runOf(executionsMs, world.meter.requests, world.overshootMs);
}

/** Whether the customer could be deleted. */
async function attempt(world: World, sleepMs: number): Promise<boolean> {
  const partnerCenter = new PartnerCenter(world);
  let pending = 0;
  for (const id of await partnerCenter.orderIds()) {
    const order = await partnerCenter.order(id);
    if (isCancelled(order)) continue;
    pending += 1;
    if (order.status !== 'pending') await partnerCenter.cancel(order);
  }
  if (pending === 0) {
    await partnerCenter.deleteCustomer();
    return true;
  }
  // The lock ends a little later, so that the message can still be given back.
  await world.clock.sleep(sleepMs);
  return false;
}
