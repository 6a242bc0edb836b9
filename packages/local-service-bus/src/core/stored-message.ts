import type { BrokeredMessage, MessageState, Properties, SendableMessage } from './message.ts';

/** A message inside its queue. */
export interface StoredMessage {
  readonly content: SendableMessage;
  readonly sequenceNumber: number;
  readonly enqueuedSequenceNumber: number;
  readonly enqueuedTimeMs: number;
  readonly timeToLiveMs: number;
  readonly expiresAtMs: number;
  deliveryCount: number;
  state: MessageState;
  modifiedProperties: Properties;
  lockToken: string | undefined;
  lockedUntilMs: number;
}

/** How a message comes into its queue. */
export interface Arrival {
  readonly atMs: number;
  readonly sequenceNumber: number;
  /** The number it had in the topic it came through, if any. */
  readonly enqueuedSequenceNumber?: number;
  /** Whether it waited for its time before. */
  readonly wasScheduled: boolean;
}

export const newlyStored = (
  content: SendableMessage,
  { atMs, sequenceNumber, enqueuedSequenceNumber = 0, wasScheduled }: Arrival,
  timeToLiveMs: number,
): StoredMessage => ({
  content,
  sequenceNumber,
  enqueuedSequenceNumber,
  enqueuedTimeMs: atMs,
  timeToLiveMs,
  expiresAtMs: atMs + timeToLiveMs,
  deliveryCount: 0,
  state: wasScheduled ? 'scheduled' : 'active',
  modifiedProperties: {},
  lockToken: undefined,
  lockedUntilMs: 0,
});

/**
 * The same message in its dead-letter queue, where time to live is not observed (article
 * service-bus-dead-letter-queues): it still says when it would have expired (azure-service-bus issue 432). That it is
 * active there, scheduled before or not, and keeps its number, is UNCONFIRMED.
 */
export const deadLettered = (
  message: StoredMessage,
  reason: string | undefined,
  description: string | undefined,
): StoredMessage => ({
  ...message,
  state: 'active',
  modifiedProperties: {
    ...message.modifiedProperties,
    ...(reason !== undefined && { DeadLetterReason: reason }),
    ...(description !== undefined && { DeadLetterErrorDescription: description }),
  },
});

/** What is shown of it: later changes do not show. */
export function snapshot(message: StoredMessage): BrokeredMessage {
  const { lockToken: _token, lockedUntilMs: _until, ...visible } = message;
  return visible;
}
