import type { ServiceBusMessage } from '@azure/service-bus';
import { Namespace, type SendableMessage } from 'local-service-bus/core';
import { parseEntities } from 'local-service-bus/entities';
import host from '../host.json' with { type: 'json' };
import declared from '../infra/service-bus.entities.json' with { type: 'json' };
import type { QueuedMessage } from '../src/teardown/model/incoming-message.ts';
import type { PeekQueue } from '../src/teardown/reconcile/start-in-turn.ts';

export const REQUESTS = 'teardown-requests';
export const CHECKS = 'teardown-checks';
export const OUTCOMES = 'teardown-outcomes';
export const AUDIT = `${OUTCOMES}/Subscriptions/audit`;
export const ATTENTION = `${OUTCOMES}/Subscriptions/attention`;
export const deadOf = (path: string): string => `${path}/$DeadLetterQueue`;

const entities = parseEntities(declared);

/** How many messages of a queue an instance handles at once. */
export const MAX_CONCURRENT_CALLS = host.extensions.serviceBus.maxConcurrentCalls;

/** The core of the embedded broker with the app's entities: Service Bus without sockets, on the caller's clock. */
export function serviceBus(nowMs: () => number, newId: () => string): Namespace {
  return new Namespace({ entities, nowMs, newId });
}

/** Looks at a queue as the app's own peek does. */
export function peekOf(
  bus: Namespace,
  ...[queue, maxCount]: Parameters<PeekQueue>
): readonly QueuedMessage[] {
  return bus
    .peek(queue === 'requests' ? REQUESTS : CHECKS, 0, maxCount)
    .map(({ content: { body, messageId = '' }, sequenceNumber, state }) => ({
      ...{ body, messageId, sequenceNumber: BigInt(sequenceNumber) },
      isScheduled: state === 'scheduled',
    }));
}

/** A message as it arrives over the wire: a copy, so that the sender cannot change its body. */
export function asSent(message: ServiceBusMessage): SendableMessage {
  const { messageId, correlationId, subject, scheduledEnqueueTimeUtc, body } = message;
  return {
    messageId: String(messageId),
    correlationId: String(correlationId),
    ...(subject !== undefined && { subject }),
    ...(scheduledEnqueueTimeUtc && { scheduledEnqueueTimeMs: scheduledEnqueueTimeUtc.getTime() }),
    body: JSON.parse(JSON.stringify(body)),
  };
}
