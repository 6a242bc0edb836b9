import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceBusClient } from '@azure/service-bus';

const MAX_WAIT_MS = 10 * 60 * 1000;
const POLL_INTERVAL_MS = 500;
const MAX_AT_ONCE = 100;

/**
 * The outcome event of a teardown, by peeking at the subscription `audit`: it takes no message from anyone.
 * Undefined when there is none within ten minutes.
 */
export async function waitForOutcome(
  client: ServiceBusClient,
  teardownId: string,
): Promise<unknown> {
  const receiver = client.createReceiver('teardown-outcomes', 'audit');
  const endMs = Date.now() + MAX_WAIT_MS;
  while (Date.now() < endMs) {
    // A receiver remembers how far it has peeked, so every event is seen once.
    for (const message of await receiver.peekMessages(MAX_AT_ONCE)) {
      // A foreign check may be named like a teardown; the event that answers it is no outcome of that teardown.
      const isOutcome = message.messageId === `${teardownId}:outcome`;
      if (isOutcome && message.correlationId === teardownId) return message.body;
    }
    await delay(POLL_INTERVAL_MS);
  }
  return undefined;
}
