import type { LogOf } from '../log/log.ts';
import { MAX_ATTEMPTS } from '../model/check.ts';
import type { NewerCheck } from '../model/check-message.ts';
import type { Messenger } from '../model/messenger.ts';
import { adviceFor } from '../model/reasons.ts';
import { tellOfNewerCheck } from './reject.ts';
import type { Backoff } from './retry-policy.ts';

/** A deployment or a rollback takes minutes. */
const POSTPONED_BY_MS = 5 * 60 * 1000;

const WHY =
  'The check is in the format of a newer version of this app, which this version cannot read.';

interface Deps {
  readonly messenger: Messenger;
  nowMs(): number;
}

/**
 * Schedules a check of a newer version of this app again, which this version cannot read: its teardown goes on once that
 * version is back. At the deadline it ends its teardown instead.
 *
 * @throws Error where Service Bus does not take a message
 */
export async function postponeCheck(
  check: NewerCheck,
  deps: Deps & { readonly backoff: Pick<Backoff, 'deadlineMs'> },
  logOf: LogOf,
): Promise<void> {
  // It keeps the start with which it first came, and which was not in the future: the deadline always comes.
  const isLast = deps.nowMs() - check.startedMs >= deps.backoff.deadlineMs;
  await tellOfNewerCheck(check, WHY, deps, logOf);
  await (isLast ? endTeardown : scheduleAgain)(check, deps, logOf);
}

/**
 * The same for a dead letter, which is scheduled again however old it is: where it has a successor, duplicate detection
 * drops this one.
 *
 * @throws Error where Service Bus does not take a message
 */
export async function postponeDeadLetter(
  check: NewerCheck,
  deps: Deps,
  logOf: LogOf,
): Promise<void> {
  await tellOfNewerCheck(check, WHY, deps, logOf);
  await scheduleAgain(check, deps, logOf);
}

async function scheduleAgain(check: NewerCheck, deps: Deps, logOf: LogOf): Promise<void> {
  const { teardownId, attempt } = check;
  if (attempt >= MAX_ATTEMPTS) return endTeardown(check, deps, logOf);
  const checks = attempt + 1;
  logOf(teardownId)('check-postponed', { why: WHY, checks, delayMs: POSTPONED_BY_MS });
  await deps.messenger.postponeCheck({ ...check, attempt: checks }, POSTPONED_BY_MS);
}

/** Nothing but the name and the age of the teardown can be read. */
async function endTeardown(
  { teardownId, attempt, startedMs }: NewerCheck,
  { messenger, nowMs }: Deps,
  logOf: LogOf,
): Promise<void> {
  const endedMs = nowMs();
  const checks = attempt + 1;
  const explanation = `${WHY} That version did not come back before the deadline of the teardown.`;
  const outcome = { kind: 'parked', explanation, ...adviceFor('newer-version') } as const;
  const { explanation: why, ...told } = outcome;
  logOf(teardownId)('outcome', { ...told, why, checks, ageMs: endedMs - startedMs });
  await messenger.publishOutcome({ teardownId, startedMs, endedMs, checks }, outcome);
}
