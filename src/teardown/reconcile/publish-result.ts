import type { Log } from '../log/log.ts';
import { type Look, MOST_ATTEMPTS } from '../model/check.ts';
import type { Messenger } from '../model/messenger.ts';
import { type Ending, outOfNumbers } from './result.ts';

/**
 * Makes a look's ending last: publishes the outcome, or schedules the next look. Only then may the trigger
 * message be completed, so a crash in between repeats work and never loses the teardown.
 */
export async function conclude(
  look: Look,
  wanted: Ending,
  messenger: Messenger,
  log: Log,
  nowMs: number,
): Promise<void> {
  const { request, teardownId, attempt } = look;
  const { customerTenantId } = request;
  const looks = attempt + 1;
  const isSpent = wanted.kind === 'look-again' && attempt >= MOST_ATTEMPTS;
  // What this app itself could not read would be answered as a stranger's, and the teardown never end.
  const ending = isSpent ? outOfNumbers(wanted.why) : wanted;
  if (ending.kind === 'look-again') {
    const { kind: _kind, delayMs, why, ...progress } = ending;
    const next: Look = {
      ...{ teardownId, attempt: looks, startedMs: look.startedMs, request },
      ...progress,
      ...(look.added && { added: look.added }),
    };
    const { begun, domain } = progress;
    log('looking-again', { why, looks, delayMs, begun, customerTenantId, domain });
    await messenger.scheduleCheck(next, delayMs);
    return;
  }
  const { outcome } = ending;
  const { kind, reason, explanation: why } = outcome;
  log('outcome', {
    kind,
    reason,
    why,
    looks,
    ageMs: nowMs - look.startedMs,
    nextStep: 'nextStep' in outcome ? outcome.nextStep : undefined,
    customerTenantId,
    domain: look.domain,
  });
  await messenger.publishOutcome(
    {
      teardownId,
      customerTenantId,
      ...(look.domain !== undefined && { domain: look.domain }),
      ...(request.requestedBy !== undefined && { requestedBy: request.requestedBy }),
      ...(request.reason !== undefined && { requestReason: request.reason }),
      startedMs: look.startedMs,
      endedMs: nowMs,
      looks,
    },
    outcome,
  );
}
