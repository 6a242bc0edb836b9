import type { Check } from './check.ts';
import type { NewerCheck } from './check-message.ts';
import type { Outcome } from './outcome.ts';

/** Sending, with deterministic message ids: sending the same thing twice changes nothing. */
export interface Messenger {
  /**
   * Schedules the next check as a check message. One attempt has one message id, so that however often a
   * message is worked on, one chain of checks follows from it.
   */
  scheduleCheck(check: Check, delayMs: number): Promise<void>;
  /** Schedules the check of a newer version again, as it came but for its number. */
  postponeCheck(check: NewerCheck, delayMs: number): Promise<void>;
  publishOutcome(about: OutcomeAbout, outcome: Outcome): Promise<void>;
}

/** What an outcome event says besides the outcome. */
export interface OutcomeAbout {
  readonly teardownId: string;
  readonly customerTenantId?: string;
  readonly domain?: string;
  readonly requestedBy?: string;
  readonly requestReason?: string;
  readonly startedMs: number;
  readonly endedMs: number;
  /** Checks taken, this one included. */
  readonly checks: number;
}
