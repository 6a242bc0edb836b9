import type { SendableMessage } from './message.ts';

/** A message that waits for its time. */
export interface Scheduled {
  readonly content: SendableMessage;
  readonly sequenceNumber: number;
  /** Absent in journals of before it was kept. */
  readonly sentMs?: number;
  readonly dueMs: number;
}
