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

export interface Arrival {
  readonly nowMs: number;
  readonly timeToLiveMs: number;
  readonly sequenceNumber: number;
  readonly enqueuedSequenceNumber: number;
}

export const newlyStored = (content: SendableMessage, arrival: Arrival): StoredMessage => ({
  content,
  sequenceNumber: arrival.sequenceNumber,
  enqueuedSequenceNumber: arrival.enqueuedSequenceNumber,
  enqueuedTimeMs: arrival.nowMs,
  timeToLiveMs: arrival.timeToLiveMs,
  expiresAtMs: arrival.nowMs + arrival.timeToLiveMs,
  deliveryCount: 0,
  state: 'active',
  modifiedProperties: {},
  lockToken: undefined,
  lockedUntilMs: 0,
});

/** The same message in its dead-letter queue: it keeps its number and its time, and lives for ever. */
export const deadLettered = (
  message: StoredMessage,
  reason: string | undefined,
  description: string | undefined,
): StoredMessage => ({
  ...message,
  timeToLiveMs: Infinity,
  expiresAtMs: Infinity,
  modifiedProperties: {
    ...message.modifiedProperties,
    ...(reason !== undefined && { DeadLetterReason: reason }),
    ...(description !== undefined && { DeadLetterErrorDescription: description }),
  },
});

/** What is shown of it: later changes do not show. */
export function snapshot(message: StoredMessage): BrokeredMessage {
  const { lockToken: _token, lockedUntilMs: _until, expiresAtMs: _expiry, ...visible } = message;
  return visible;
}
