import type { Ending } from './ending.ts';
import type { Log } from './log.ts';
import type { Look } from './look.ts';
import type { Messenger } from './messenger.ts';

/**
 * Makes a look's ending last: publishes the outcome, or schedules the next look. Only then may the trigger
 * message be completed, so a crash in between repeats work and never loses the teardown.
 */
export async function conclude(
  look: Look,
  ending: Ending,
  messenger: Messenger,
  log: Log,
  nowMs: number,
): Promise<void> {
  const { request, teardownId, attempt } = look;
  if (ending.kind === 'look-again') {
    const { delayMs, begun, domain, missing, why } = ending;
    const next: Look = {
      teardownId,
      attempt: attempt + 1,
      startedMs: look.startedMs,
      request,
      begun,
      ...(domain !== undefined && { domain }),
      ...(missing && { missing }),
    };
    log.info('looking again', { attempt: next.attempt, delayMs, begun, why });
    await messenger.scheduleCheck(next, delayMs);
    return;
  }
  const { outcome } = ending;
  log.info('outcome', { kind: outcome.kind, reason: outcome.reason, why: outcome.explanation });
  await messenger.publishOutcome(
    {
      teardownId,
      customerTenantId: request.customerTenantId,
      ...(look.domain !== undefined && { domain: look.domain }),
      ...(request.requestedBy !== undefined && { requestedBy: request.requestedBy }),
      ...(request.reason !== undefined && { requestReason: request.reason }),
      startedMs: look.startedMs,
      endedMs: nowMs,
      looks: attempt + 1,
    },
    outcome,
  );
}
