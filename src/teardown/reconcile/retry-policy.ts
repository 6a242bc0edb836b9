import { defined } from '../../shared/defined.ts';
import { classifyError } from '../errors/classify-error.ts';
import { DELETION_REFUSED } from '../errors/deletion-refused.ts';
import type { Wait } from '../errors/error-action.ts';
import type { Check, Progress } from '../model/check.ts';
import { type ErrorResponse, isAboutTheRequest } from '../model/partner-center-error.ts';
import { type Advice, adviceFor } from '../model/reasons.ts';
import { type Evidence, evidenceIn, finish, type Result } from './result.ts';

/** When to check again. All durations in milliseconds. */
export interface Backoff {
  readonly firstDelayMs: number;
  /** Each delay is this many times the one before. */
  readonly multiplier: number;
  readonly maxDelayMs: number;
  /** The share of a delay, from 0 to 1, by which it may be longer or shorter. */
  readonly jitter: number;
  /** The number of checks after which a teardown is parked. */
  readonly maxChecks: number;
  /** The age at which a teardown is parked. */
  readonly deadlineMs: number;
}

/** Whether this check ends the teardown, whatever it finds. */
export function isLastCheck(
  { attempt, startedMs }: { readonly attempt: number; readonly startedMs: number },
  { maxChecks, deadlineMs }: Backoff,
  nowMs: number,
): boolean {
  return attempt + 1 >= maxChecks || nowMs - startedMs >= deadlineMs;
}

/** A longer `Retry-After` is cut to this. */
export const MAX_RETRY_AFTER_MS = 60 * 60 * 1000;

/**
 * `Retry-After` becomes longer by up to itself, but by no more than this: all that were refused in one minute would
 * otherwise come back at the same moment. Partner Center counts by the minute.
 */
export const MAX_ADDED_MS = 60 * 1000;

/**
 * The delay after as many earlier ones. A delay that the server asks for is never shortened:
 * its jitter only adds. But a server that keeps asking for short delays, or none, is still asked less and less often.
 *
 * @param random a number from 0 (inclusive) to 1 (exclusive)
 * @param minMs no delay is shorter; without jitter
 */
export function nextDelayMs(
  backoff: Backoff,
  delays: number,
  random: number,
  retryAfterMs = 0,
  minMs = 0,
): number {
  const growing = backoff.firstDelayMs * backoff.multiplier ** delays;
  const plain = Math.min(growing, backoff.maxDelayMs);
  const ownMs = plain * (1 + backoff.jitter * (2 * random - 1));
  const askedMs = Math.min(retryAfterMs, MAX_RETRY_AFTER_MS);
  const spreadMs = askedMs + Math.min(askedMs, MAX_ADDED_MS) * random;
  return Math.round(Math.max(ownMs, spreadMs, minMs));
}

/** What determines when the next check is due, and whether there is one. */
export interface Timing {
  readonly backoff: Backoff;
  readonly nowMs: number;
  /** From 0 (inclusive) to 1 (exclusive). */
  random(): number;
}

/**
 * Another check after a delay, unless the teardown has used up its time or its checks.
 *
 * @param delayMs 0 if there is more to do at once; absent: by the backoff
 */
export function requeueAfter(
  check: Check,
  timing: Timing,
  progress: Progress,
  why: string,
  evidence: Evidence,
  delayMs?: 0,
): Result {
  const { backoff, nowMs } = timing;
  const ageMs = nowMs - check.startedMs;
  const deadlineMs = Math.min(backoff.deadlineMs, evidence.finalAfterMs ?? backoff.deadlineMs);
  if (ageMs >= backoff.deadlineMs) {
    return usedUp('deadline', 'its time', why, evidence);
  }
  if (ageMs >= deadlineMs) {
    return usedUp('deadline', 'its time for a person to act', why, evidence);
  }
  if (check.attempt + 1 >= backoff.maxChecks) {
    return usedUp('too-many-checks', `its ${backoff.maxChecks} checks`, why, evidence);
  }
  const { retryAfterMs, unanswered, rateLimited } = evidence.response ?? {};
  // The last check is at the deadline, which a long wait must not skip.
  const waitMs = Math.min(waitAfter(evidence.response, ageMs), deadlineMs - ageMs);
  // A check that the rate limit stopped, or that left calls to make, is no reason to back off.
  const atOnceMs = (rateLimited && retryAfterMs) ?? delayMs;
  const { delays = 0 } = check;
  return {
    kind: 'requeue',
    delayMs: atOnceMs ?? nextDelayMs(backoff, delays, timing.random(), retryAfterMs, waitMs),
    ...progress,
    why,
    ...(atOnceMs === undefined && { delays: delays + 1 }),
    ...defined({ unanswered }),
  };
}

/** The result where the next check could have no number: only a forged check gets this far. */
export function outOfNumbers(why: string): Result {
  return usedUp('too-many-checks', 'the numbers that its checks can have', why, {});
}

function usedUp(
  reason: 'deadline' | 'too-many-checks',
  what: string,
  why: string,
  { response, blockers, orderIds = [], finalAdvice }: Evidence,
): Result {
  return finish({
    kind: 'parked',
    reason,
    nextStep: nextStepAfter(response) ?? adviceFor(reason).nextStep,
    ...finalAdvice,
    ...adviceIn(response),
    explanation: `The teardown has used up ${what}. ${why}`,
    ...defined({ blockers }),
    ...(orderIds.length > 0 && { orderIds }),
    ...(response && evidenceIn(response)),
  });
}

/** The wait that follows from the meaning of an error response. */
function waitAfter(response: ErrorResponse | undefined, ageMs: number): number {
  const action = response && classifyError(response);
  if (action?.kind !== 'requeue' || action.wait === undefined) return 0;
  return clamp(action.wait, ageMs);
}

function clamp({ minMs, maxMs }: Wait, ageMs: number): number {
  return Math.min(Math.max(ageMs, minMs), maxMs);
}

function adviceIn(response: ErrorResponse | undefined): Advice | undefined {
  const action = response && classifyError(response);
  return action?.kind === 'requeue' ? action.finalAdvice : undefined;
}

/** The advice for a deletion that was refused to the end, although no purchase is named as its cause. */
function nextStepAfter(response: ErrorResponse | undefined): string | undefined {
  if (response?.operation !== 'delete-customer') return undefined;
  const { orderIds = [] } = response;
  return isAboutTheRequest(response) && orderIds.length === 0 ? DELETION_REFUSED : undefined;
}
