import type { AcceptedCalls } from './accepted-calls.ts';
import type { DeadLetterCause } from './dead-letter-cause.ts';
import type { Unanswered } from './partner-center-error.ts';
import type { TeardownRequest } from './request.ts';

/** No check has a higher number, so that what a forged one makes of itself can be read as well. */
export const MOST_ATTEMPTS = 100_000;

/** One look at one teardown: only names and times, never a copy of the world. */
export interface Look {
  /** The request's MessageId. */
  readonly teardownId: string;
  /** 0 for the first look, one more for each after it. */
  readonly attempt: number;
  /** When the first look began, in milliseconds since the epoch. */
  readonly startedMs: number;
  readonly request: TeardownRequest;
  /** Has an earlier look found the customer and passed all guards? */
  readonly begun: boolean;
  /** The customer's domain, its other name; known once begun. */
  readonly domain?: string;
  /** An earlier look found no such customer: this one is to say so. */
  readonly missing?: true;
  /** An earlier look found this fingerprint, which is not the reviewed one: this one is to say so. */
  readonly changed?: string;
  /** Earlier looks that came to nothing because they were held back, to keep within the requests a minute. */
  readonly held?: number;
  /** The reviewed plan that `ifUnchanged` names, as the digests of its items; once begun. */
  readonly plan?: readonly string[];
  /** What earlier looks have written, in words. */
  readonly written?: readonly string[];
  /** Calls of earlier looks whose effect takes its time, and when they were accepted. */
  readonly acceptedCalls?: AcceptedCalls;
  /** A write of the look before that nobody answered. */
  readonly unanswered?: Unanswered;
  /** An earlier message of this teardown became a dead letter: this look only ends it. */
  readonly deadLetter?: DeadLetterCause;
}

/** How many looks before this one were not held back: turns and waits go by it. */
export function looksMade({ attempt, held = 0 }: Pick<Look, 'attempt' | 'held'>): number {
  return attempt - held;
}
