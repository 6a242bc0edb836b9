import type { Check } from './check.ts';
import type { NewerCheck } from './check-message.ts';
import type { Outcome } from './outcome.ts';

/**
 * Sends messages with deterministic ids, so that sending one twice changes nothing. Every method throws an Error where
 * Service Bus does not take the message.
 */
export interface Messenger {
  /**
   * Schedules the next check. Each attempt has one message id, so that a single chain of checks follows from a message,
   * however often it is processed.
   */
  scheduleCheck(check: Check, delayMs: number): Promise<void>;
  /** Schedules the check of a newer version again, as it came, but under this number. */
  postponeCheck(check: NewerCheck, delayMs: number): Promise<void>;
  publishOutcome(about: OutcomeAbout, outcome: Outcome): Promise<void>;
}

/** The rest of an outcome event. */
export interface OutcomeAbout {
  readonly teardownId: string;
  readonly customerTenantId?: string;
  readonly domain?: string;
  readonly requestedBy?: string;
  readonly requestReason?: string;
  readonly startedMs: number;
  readonly endedMs: number;
  /** The number of checks, this one included. */
  readonly checks: number;
}
