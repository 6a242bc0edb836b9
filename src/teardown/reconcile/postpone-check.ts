import type { LogOf } from '../log/log.ts';
import { CHECK_FORMAT, MAX_ATTEMPTS } from '../model/check.ts';
import type { NewerCheck } from '../model/check-message.ts';
import type { Messenger } from '../model/messenger.ts';

/** A deployment or a rollback takes minutes. */
const POSTPONED_BY_MS = 5 * 60 * 1000;

/** After this time it is no longer a deployment that is under way. */
export const MAX_POSTPONED_MS = 7 * 24 * 60 * 60 * 1000;

interface Deps {
  readonly messenger: Pick<Messenger, 'postponeCheck'>;
  nowMs(): number;
}

/**
 * Reschedules a check of a newer version of this app that this version cannot read. Its teardown goes on once that
 * version runs again.
 *
 * @throws Error for a check that is too old; it then becomes a dead letter, and stays one
 */
export async function postponeCheck(
  check: NewerCheck,
  { messenger, nowMs }: Deps,
  logOf: LogOf,
): Promise<void> {
  const { teardownId, attempt, startedMs } = check;
  const why = `The check is of a newer version of this app, whose format this one cannot read (it reads ${CHECK_FORMAT}).`;
  if (attempt >= MAX_ATTEMPTS || nowMs() - startedMs >= MAX_POSTPONED_MS) {
    throw new Error(`${why} Deploy that version again, and send the dead letter once more.`);
  }
  const checks = attempt + 1;
  logOf(teardownId)('check-postponed', { why, checks, delayMs: POSTPONED_BY_MS });
  await messenger.postponeCheck({ ...check, attempt: checks }, POSTPONED_BY_MS);
}
