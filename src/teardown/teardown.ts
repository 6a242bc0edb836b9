import { planning } from './execute/dry-run.ts';
import { enforcing } from './execute/live.ts';
import type { SandboxProof } from './guards/sandbox-proof.ts';
import type { Log, LogOf } from './log/log.ts';
import type { Look } from './model/check.ts';
import { checkIn } from './model/check-message.ts';
import type { IncomingMessage } from './model/incoming-message.ts';
import type { Messenger } from './model/messenger.ts';
import { effectiveMode, type TeardownMode } from './model/mode.ts';
import type { PartnerCenterReader, PartnerCenterWriter } from './model/partner-center.ts';
import type { Unanswered } from './model/partner-center-error.ts';
import type { Protection } from './model/protection.ts';
import { requestIn } from './model/request.ts';
import type { SweepRules } from './model/sweep-rules.ts';
import { type FactSources, factsAbout } from './reconcile/facts.ts';
import { giveUp } from './reconcile/finish-dead-lettered.ts';
import { postponeCheck } from './reconcile/postpone-check.ts';
import { conclude } from './reconcile/publish-result.ts';
import { lookAt } from './reconcile/reconcile.ts';
import { rejectForeignCheck, rejectRequest } from './reconcile/reject.ts';
import { type Ending, end } from './reconcile/result.ts';
import type { Pacing } from './reconcile/retry-policy.ts';

export type { IncomingMessage } from './model/incoming-message.ts';

/** Everything a teardown works with; the functions wire it, tests and simulations bring their own. */
export interface Teardown {
  readonly mode: TeardownMode;
  readonly protections: readonly Protection[];
  /** Whom a sweep may ask for now; absent: nobody. */
  readonly sweepRules?: SweepRules;
  readonly pacing: Pacing;
  readonly proveSandbox: SandboxProof;
  readonly messenger: Messenger;
  /**
   * A client for one look, whose calls are traced by the teardown's id. What the look before got no answer to
   * is made again under its own name.
   */
  partnerCenter(
    teardownId: string,
    log: Log,
    unanswered?: Unanswered,
  ): PartnerCenterReader & PartnerCenterWriter;
  nowMs(): number;
  random(): number;
}

/** `cancelOrders`: takes a request, cancels what can be cancelled, and schedules the first check. */
export async function takeRequest(
  message: IncomingMessage,
  teardown: Teardown,
  logOf: LogOf,
): Promise<void> {
  const parsed = requestIn(message);
  if (!parsed.ok) return rejectRequest(message, parsed.sentence, teardown, logOf);
  const names = { teardownId: message.messageId, attempt: 0, startedMs: teardown.nowMs() };
  await look({ ...names, request: parsed.value, begun: false }, teardown, logOf);
}

/** `deleteCustomer`: takes a check, deletes the customer once all is released, or schedules the next check. */
export async function takeCheck(
  message: IncomingMessage,
  teardown: Teardown,
  logOf: LogOf,
): Promise<void> {
  const parsed = checkIn(message, teardown.nowMs());
  if (!parsed.ok) {
    return parsed.newer === undefined
      ? rejectForeignCheck(message, parsed.sentence, teardown, logOf)
      : postponeCheck(parsed.newer, teardown, logOf);
  }
  await look(parsed.value, teardown, logOf);
}

async function look(look: Look, teardown: Teardown, logOf: LogOf): Promise<void> {
  const log = logOf(look.teardownId);
  const startedMs = teardown.nowMs();
  let failed = true;
  try {
    await lookAndConclude(look, teardown, log);
    failed = false;
  } finally {
    log('look', { looks: look.attempt + 1, tookMs: teardown.nowMs() - startedMs, failed });
  }
}

async function lookAndConclude(look: Look, teardown: Teardown, log: Log): Promise<void> {
  const client = teardown.partnerCenter(look.teardownId, log, look.unanswered);
  const ending =
    look.deadLetter === undefined
      ? await lookWith(client, look, teardown, log)
      : end(
          await giveUp(look, look.deadLetter, factsAbout(look, sourcesOf(client, look, teardown))),
        );
  await conclude(look, ending, teardown.messenger, log, teardown.nowMs());
}

function lookWith(
  client: PartnerCenterReader & PartnerCenterWriter,
  look: Look,
  teardown: Teardown,
  log: Log,
): Promise<Ending> {
  const sources = sourcesOf(client, look, teardown);
  return lookAt(look, {
    ...sources,
    hand: sources.mode === 'enforce' ? enforcing(client, log, sources.nowMs) : planning,
    random: () => teardown.random(),
  });
}

function sourcesOf(reader: PartnerCenterReader, look: Look, teardown: Teardown): FactSources {
  const { protections, sweepRules, proveSandbox, pacing } = teardown;
  return {
    ...{ reader, protections, sweepRules, proveSandbox, pacing },
    mode: effectiveMode(teardown.mode, look.request.dryRun),
    nowMs: teardown.nowMs(),
  };
}
