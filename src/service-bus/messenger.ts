import type { ServiceBusMessage } from '@azure/service-bus';
import { redactAll } from '../redaction/redact.ts';
import { checkBodyOf } from '../teardown/model/check.ts';
import { type CheckNames, checkIdOf, messageIdOf } from '../teardown/model/message-ids.ts';
import type { Messenger } from '../teardown/model/messenger.ts';
import type { SweepMessenger } from '../teardown/sweep/sweep.ts';
import { boundedLists } from './bounded-lists.ts';
import { CHECKS_QUEUE, OUTCOMES_TOPIC, REQUESTS_QUEUE } from './entities.ts';
import { type CloudEvent, type Origin, outcomeEvent, sweepEvent } from './outcome-event.ts';
import type { Senders } from './senders.ts';

const JSON_CONTENT = 'application/json';
const CLOUD_EVENT_CONTENT = 'application/cloudevents+json';

/** Sends by the SDK, because an output binding can neither delay messages nor set their ids from Node. */
export function serviceBusMessenger(
  senders: Senders,
  origin: Origin,
  nowMs: () => number,
): Messenger & SweepMessenger {
  const dueIn = (delayMs: number): Pick<ServiceBusMessage, 'scheduledEnqueueTimeUtc'> =>
    delayMs > 0 ? { scheduledEnqueueTimeUtc: new Date(nowMs() + delayMs) } : {};

  const publish = (event: CloudEvent, correlationId: string): Promise<void> =>
    senders.send(OUTCOMES_TOPIC, {
      body: safeToPublish(event),
      messageId: messageIdOf(correlationId, lastPart(event.id, ':')),
      correlationId,
      subject: lastPart(event.type, '.'),
      contentType: CLOUD_EVENT_CONTENT,
    });

  const schedule = (names: CheckNames, body: unknown, delayMs: number): Promise<void> =>
    senders.send(CHECKS_QUEUE, {
      body,
      messageId: checkIdOf(names),
      correlationId: names.teardownId,
      contentType: JSON_CONTENT,
      ...dueIn(delayMs),
    });

  return {
    scheduleCheck: (check, delayMs) => schedule(check, checkBodyOf(check), delayMs),

    postponeCheck: ({ teardownId, attempt, postponedFrom, body }, delayMs) =>
      schedule({ teardownId, attempt }, { ...body, attempt, postponedFrom }, delayMs),

    sendRequest: (teardownId, request, delayMs) =>
      senders.send(REQUESTS_QUEUE, {
        body: request,
        messageId: teardownId,
        correlationId: teardownId,
        contentType: JSON_CONTENT,
        ...dueIn(delayMs),
      }),

    publishOutcome: (about, outcome) =>
      publish(outcomeEvent(origin, about, outcome), about.teardownId),

    publishSweep: (event) => publish(sweepEvent(origin, event), event.id.replace(/:[^:]*$/, '')),
  };
}

/**
 * Redacts an event and bounds its size. The teardown's id stays as it is, because the event is found by it; a sweep has
 * none.
 */
function safeToPublish(event: CloudEvent): CloudEvent {
  const { teardownId } = event.data;
  return {
    ...event,
    data: { ...redactAll(boundedLists(event.data)), teardownId },
  };
}

function lastPart(text: string, separator: string): string {
  return text.slice(text.lastIndexOf(separator) + 1);
}
