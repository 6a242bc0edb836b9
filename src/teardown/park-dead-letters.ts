import { errorMessage } from '../shared/error-message.ts';
import type { Log, LogOf } from './log/log.ts';
import { type Check, firstCheck, MAX_ATTEMPTS } from './model/check.ts';
import { checkIn, type ParsedCheck } from './model/check-message.ts';
import type { DeadLetterCause } from './model/dead-letter-cause.ts';
import type { IncomingMessage, QueueName } from './model/incoming-message.ts';
import type { Messenger } from './model/messenger.ts';
import { requestIn } from './model/request.ts';
import { deadLettered } from './reconcile/finish-dead-lettered.ts';
import { postponeDeadLetter } from './reconcile/postpone-check.ts';
import { publishResult } from './reconcile/publish-result.ts';
import { rejectForeignCheck, rejectRequest } from './reconcile/reject.ts';
import { finish } from './reconcile/result.ts';

const queues: readonly QueueName[] = ['requests', 'checks'];

/** A message that was dead-lettered: delivered too often, expired, or dead-lettered by a receiver. */
export interface DeadLetter extends IncomingMessage {
  readonly cause: DeadLetterCause;
  /**
   * Removes it from its dead-letter queue for good.
   *
   * @throws Error where Service Bus does not confirm it
   */
  remove(): Promise<void>;
}

/**
 * Receives up to `maxCount` dead letters; those that are not removed come back after a while.
 *
 * @throws Error where Service Bus does not answer
 */
export type TakeDeadLetters = (
  queue: QueueName,
  maxCount: number,
) => Promise<readonly DeadLetter[]>;

export interface DeadLetterDeps {
  readonly takeDeadLetters: TakeDeadLetters;
  readonly messenger: Messenger;
  nowMs(): number;
}

const rejectFrom = { requests: rejectRequest, checks: rejectForeignCheck } as const;

/** The limit for each queue in one run; the next run takes the rest. */
export const MAX_DEAD_LETTERS_PER_RUN = 100;

/**
 * Brings every dead letter to an outcome, so that a person sees it. A dead-lettered message may have been processed,
 * and have a successor. So its teardown is ended by the *next* check of its chain, which duplicate detection drops if
 * that successor exists, and never by a second chain.
 *
 * @throws Error where the dead letters of a queue cannot be received; one that cannot be handled is logged, and stays
 */
export async function parkDeadLetters(deps: DeadLetterDeps, logOf: LogOf): Promise<void> {
  const failures: unknown[] = [];
  for (const queue of queues) {
    // The other queue must not wait for this one.
    await parkAllOf(queue, deps, logOf).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}

async function parkAllOf(queue: QueueName, deps: DeadLetterDeps, logOf: LogOf): Promise<void> {
  for (const letter of await deps.takeDeadLetters(queue, MAX_DEAD_LETTERS_PER_RUN)) {
    const { messageId } = letter;
    const { reason: cause, description } = letter.cause;
    const names = { queue, messageId, cause, description };
    let log = logOf(messageId);
    try {
      const parsed = checkOf(letter, queue, deps.nowMs());
      const teardownId = parsed.ok ? parsed.value.teardownId : parsed.newer?.teardownId;
      if (teardownId !== undefined) log = logOf(teardownId);
      if (parsed.ok) await park(parsed.value, letter.cause, deps, log);
      else if (parsed.newer !== undefined) await postponeDeadLetter(parsed.newer, deps, logOf);
      else await rejectFrom[queue](letter, parsed.message, deps, logOf);
      await letter.remove();
      log('dead-letter', names);
    } catch (error) {
      // The others must not wait for this one; it comes back when its lock expires.
      const why = errorMessage(error);
      log('dead-letter-not-handled', { ...names, why });
    }
  }
}

async function park(
  check: Check,
  cause: DeadLetterCause,
  deps: DeadLetterDeps,
  log: Log,
): Promise<void> {
  // The check that should have ended it was dead-lettered too, or it has the last number: no more checks.
  if (check.deadLetter !== undefined || check.attempt >= MAX_ATTEMPTS) {
    return publishResult(check, finish(deadLettered(cause)), deps.messenger, log, deps.nowMs());
  }
  await deps.messenger.scheduleCheck(
    { ...check, attempt: check.attempt + 1, deadLetter: cause },
    0,
  );
}

function checkOf(letter: DeadLetter, queue: QueueName, nowMs: number): ParsedCheck {
  if (queue === 'checks') return checkIn(letter, nowMs);
  const parsed = requestIn(letter);
  return parsed.ok
    ? { ok: true, value: firstCheck(letter.messageId, parsed.value, nowMs) }
    : parsed;
}
