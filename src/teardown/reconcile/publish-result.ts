import { defined } from '../../shared/defined.ts';
import type { Log } from '../log/log.ts';
import { type Check, MAX_ATTEMPTS } from '../model/check.ts';
import type { Messenger } from '../model/messenger.ts';
import { legible } from '../model/outcome.ts';
import type { Result } from './result.ts';
import { outOfNumbers } from './retry-policy.ts';

/**
 * Persists the result of a check: publishes the outcome, or schedules the next check. Only then may the trigger message
 * be completed, so that a crash in between repeats work but never loses the teardown.
 *
 * @throws Error where Service Bus does not take the message
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
  // A check with a higher number could not be read, and would be rejected as foreign; the teardown would never end.
  const result = isSpent ? outOfNumbers(wanted.why) : wanted;
  if (result.kind === 'requeue') {
    const { kind: _kind, delayMs, why, ...progress } = result;
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
  const outcome = legible(result.outcome);
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
