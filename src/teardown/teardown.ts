import { dryRun } from './execute/dry-run.ts';
import { live } from './execute/live.ts';
import type { SandboxProof } from './guards/sandbox-proof.ts';
import type { Log, LogOf } from './log/log.ts';
import { type Check, firstCheck } from './model/check.ts';
import { checkIn } from './model/check-message.ts';
import type { IncomingMessage } from './model/incoming-message.ts';
import type { Messenger } from './model/messenger.ts';
import { effectiveMode, type TeardownMode } from './model/mode.ts';
import type { PartnerCenterReader, PartnerCenterWriter } from './model/partner-center.ts';
import type { Unanswered } from './model/partner-center-error.ts';
import type { Protection } from './model/protection.ts';
import { requestIn, type TeardownRequest } from './model/request.ts';
import type { SweepRules } from './model/sweep-rules.ts';
import { type FactSources, factsAbout } from './reconcile/facts.ts';
import { finishDeadLettered } from './reconcile/finish-dead-lettered.ts';
import { postponeCheck } from './reconcile/postpone-check.ts';
import { publishResult } from './reconcile/publish-result.ts';
import { reconcile } from './reconcile/reconcile.ts';
import { rejectForeignCheck, rejectRequest } from './reconcile/reject.ts';
import { finish } from './reconcile/result.ts';
import type { Backoff } from './reconcile/retry-policy.ts';
import { type TurnDeps, waitForTurn } from './reconcile/start-in-turn.ts';

export type { IncomingMessage } from './model/incoming-message.ts';

/** Everything that a teardown needs. */
export interface Teardown extends TurnDeps {
  readonly mode: TeardownMode;
  readonly protections: readonly Protection[];
  /** The customers that a sweep may request now; absent: none. */
  readonly sweepRules?: SweepRules | undefined;
  readonly backoff: Backoff;
  readonly proveSandbox: SandboxProof;
  readonly messenger: Messenger;
  /**
   * A client for one check, whose calls are traced by the teardown's id. A write that the previous check got no answer
   * to is repeated under its own request id.
   */
  partnerCenter(
    teardownId: string,
    log: Log,
    unanswered?: Unanswered,
  ): PartnerCenterReader & PartnerCenterWriter;
  nowMs(): number;
  random(): number;
}

/**
 * `cancelOrders`: takes a request, cancels what can be cancelled, and schedules the first check; or schedules the start,
 * where others start before it.
 *
 * @throws Error for a bug, or where Service Bus does not take a message; the request is then delivered again
 */
export async function takeRequest(
  message: IncomingMessage,
  teardown: Teardown,
  logOf: LogOf,
): Promise<void> {
  const parsed = requestIn(message);
  if (!parsed.ok) return rejectRequest(message, parsed.message, teardown, logOf);
  const nowMs = teardown.nowMs();
  const request = inModeOf(teardown.mode, parsed.value);
  const first = firstCheck(message.messageId, request, nowMs);
  const later = await waitForTurn(first, message, teardown);
  if (later === undefined) return runCheck(first, teardown, logOf);
  await publishResult(first, later, teardown.messenger, logOf(first.teardownId), nowMs);
}

/** What is taken while the deployment only plans stays a dry run, even if it allows more by the next check. */
function inModeOf(mode: TeardownMode, request: TeardownRequest): TeardownRequest {
  return mode === 'dry-run' ? { ...request, dryRun: true } : request;
}

/**
 * `deleteCustomer`: takes a check, deletes the customer once all is released, or schedules the next check.
 *
 * @throws Error for a bug, or where Service Bus does not take a message; the check is then delivered again
 */
export async function takeCheck(
  message: IncomingMessage,
  teardown: Teardown,
  logOf: LogOf,
): Promise<void> {
  const parsed = checkIn(message, teardown.nowMs());
  if (!parsed.ok) {
    return parsed.newer === undefined
      ? rejectForeignCheck(message, parsed.message, teardown, logOf)
      : postponeCheck(parsed.newer, teardown, logOf);
  }
  await runCheck(parsed.value, teardown, logOf);
}

async function runCheck(check: Check, teardown: Teardown, logOf: LogOf): Promise<void> {
  const log = logOf(check.teardownId);
  const startedMs = teardown.nowMs();
  let failed = true;
  try {
    await checkAndPublish(check, teardown, log);
    failed = false;
  } finally {
    log('check', { checks: check.attempt + 1, tookMs: teardown.nowMs() - startedMs, failed });
  }
}

async function checkAndPublish(check: Check, teardown: Teardown, log: Log): Promise<void> {
  const client = teardown.partnerCenter(check.teardownId, log, check.unanswered);
  const sources = sourcesOf(client, check, teardown);
  const result =
    check.deadLetter === undefined
      ? await reconcile(check, {
          ...sources,
          executor: sources.mode === 'enforce' ? live(client, log, sources.nowMs) : dryRun,
          backoff: teardown.backoff,
          random: () => teardown.random(),
        })
      : finish(await finishDeadLettered(check, check.deadLetter, factsAbout(check, sources)));
  await publishResult(check, result, teardown.messenger, log, teardown.nowMs());
}

function sourcesOf(reader: PartnerCenterReader, check: Check, teardown: Teardown): FactSources {
  const { protections, sweepRules, proveSandbox } = teardown;
  return {
    ...{ reader, protections, sweepRules, proveSandbox },
    mode: effectiveMode(teardown.mode, check.request.dryRun),
    nowMs: teardown.nowMs(),
  };
}
