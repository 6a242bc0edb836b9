/** A message from a sender. Only what the broker's rules read is typed; the body stays opaque. */
export interface SendableMessage {
  readonly messageId?: string;
  readonly correlationId?: string;
  readonly subject?: string;
  readonly to?: string;
  readonly replyTo?: string;
  readonly sessionId?: string;
  readonly replyToSessionId?: string;
  readonly contentType?: string;
  readonly applicationProperties?: Properties;
  /** Counted from the moment the message becomes active. */
  readonly timeToLiveMs?: number;
  /** The earliest moment it becomes active; one that has passed means at once. */
  readonly scheduledEnqueueTimeMs?: number;
  readonly body: unknown;
  /** What it counts against the entity's limits; 0 if absent. */
  readonly sizeBytes?: number;
}

export type Properties = Readonly<Record<string, unknown>>;

/**
 * A message that waited for its time is received as `scheduled`, too, and not as `active` (azure-sdk-for-js pull
 * request 19357, whose tests run against the service). That it is peeked at as such, too, is UNCONFIRMED.
 */
export type MessageState = 'active' | 'deferred' | 'scheduled';

/** A message as the broker holds it. */
export interface BrokeredMessage {
  readonly content: SendableMessage;
  /** Unique and ascending within its entity, from 1. */
  readonly sequenceNumber: number;
  /** The number it had in the topic it came through; 0 for one sent to a queue. */
  readonly enqueuedSequenceNumber: number;
  readonly enqueuedTimeMs: number;
  /** The shorter of the message's own and the entity's time to live; `Infinity` for ever. */
  readonly timeToLiveMs: number;
  /** When that is over; a dead letter outlives it. */
  readonly expiresAtMs: number;
  /** How many earlier deliveries were given up or lost: 0 on the first one. */
  readonly deliveryCount: number;
  readonly state: MessageState;
  /** Application properties set by receivers and by the broker, on top of the sender's. */
  readonly modifiedProperties: Properties;
}

export interface LockedMessage extends BrokeredMessage {
  /** A UUID in its text form. */
  readonly lockToken: string;
  readonly lockedUntilMs: number;
}

/** How a receiver lets go of a locked message. */
export type Outcome =
  | { readonly kind: 'complete' }
  | { readonly kind: 'abandon'; readonly properties?: Properties }
  | { readonly kind: 'defer'; readonly properties?: Properties }
  | {
      readonly kind: 'dead-letter';
      readonly reason?: string;
      readonly description?: string;
      readonly properties?: Properties;
    }
  /** Released without being handled: does not count as a delivery. */
  | { readonly kind: 'release' };
