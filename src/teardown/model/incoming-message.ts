export type QueueName = 'requests' | 'checks';

/** A message as a trigger or the reader of dead letters passes it on. */
export interface IncomingMessage {
  /** Parsed JSON, or text where it was not JSON. */
  readonly body: unknown;
  /** Why the body cannot be a valid message of its queue. */
  readonly bodyProblem?: string;
  /** The name of the message, the same at every delivery. */
  readonly messageId: string;
  /** Its place in the queue. */
  readonly sequenceNumber?: bigint;
}

/** A message that was looked at where it stands. */
export interface QueuedMessage extends IncomingMessage {
  /** It is not to be delivered before its time. */
  readonly isScheduled: boolean;
}
