import { defined } from '../../shared/defined.ts';
import type { Log } from '../log/log.ts';
import { type Check, MAX_ATTEMPTS } from '../model/check.ts';
import type { Messenger } from '../model/messenger.ts';
import type { Result } from './result.ts';
import { outOfNumbers } from './retry-policy.ts';

/**
 * Makes a check's ending last: publishes the outcome, or schedules the next check. Only then may the trigger
 * message be completed, so a crash in between repeats work and never loses the teardown.
 */
export async function publishResult(
  check: Check,
  wanted: Result,
  messenger: Messenger,
  log: Log,
  nowMs: number,
): Promise<void> {
  const { request, teardownId, attempt } = check;
  const { customerTenantId } = request;
  const checks = attempt + 1;
  const isSpent = wanted.kind === 'requeue' && attempt >= MAX_ATTEMPTS;
  // What this app itself could not read would be answered as a stranger's, and the teardown never end.
  const ending = isSpent ? outOfNumbers(wanted.why) : wanted;
  if (ending.kind === 'requeue') {
    const { kind: _kind, delayMs, why, ...progress } = ending;
    const next: Check = {
      ...{ teardownId, attempt: checks, startedMs: check.startedMs, request },
      ...progress,
      ...defined({ added: check.added }),
    };
    const { begun, domain } = progress;
    log('check-scheduled', { why, checks, delayMs, begun, customerTenantId, domain });
    await messenger.scheduleCheck(next, delayMs);
    return;
  }
  const { outcome } = ending;
  const { kind, reason, explanation: why } = outcome;
  log('outcome', {
    kind,
    reason,
    why,
    checks,
    ageMs: nowMs - check.startedMs,
    nextStep: 'nextStep' in outcome ? outcome.nextStep : undefined,
    customerTenantId,
    domain: check.domain,
  });
  await messenger.publishOutcome(
    defined({
      teardownId,
      customerTenantId,
      domain: check.domain,
      requestedBy: request.requestedBy,
      requestReason: request.reason,
      startedMs: check.startedMs,
      endedMs: nowMs,
      checks,
    }),
    outcome,
  );
}
