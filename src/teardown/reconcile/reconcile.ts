import { defined } from '../../shared/defined.ts';
import type { CheckContext, Executor, Requeue } from '../execute/executor.ts';
import { firstRejection, guards, guardsOfAnyCheck } from '../guards/guards.ts';
import { readOnce } from '../inventory/read-once.ts';
import {
  type AcceptedCalls,
  acceptedCallId,
  acceptedTimesOf,
  withAccepted,
} from '../model/accepted-calls.ts';
import { type Check, type Progress, progressAfterReading, progressBefore } from '../model/check.ts';
import type { PartnerCenterReader } from '../model/partner-center.ts';
import { asPartnerCenterError } from '../model/partner-center-error.ts';
import { adviceFor } from '../model/reasons.ts';
import { nameOfWait, type Wait } from '../model/wait.ts';
import { sayingWhatWasWritten, withWritten } from '../model/written-calls.ts';
import { type Decision, decide } from '../release/decide.ts';
import { waitsFor } from '../release/waits.ts';
import { type FactSources, factsAbout } from './facts.ts';
import { handleApiError } from './handle-api-error.ts';
import { asReviewed, handleGuardRejection, isOnlyRead } from './plan-approval.ts';
import { type Evidence, finish, type Result, requeueNow } from './result.ts';
import { isLastCheck, requeueAfter, type Timing } from './retry-policy.ts';
import { stillWaitingFor } from './still-waiting.ts';

/** What a check needs. */
export interface Deps extends FactSources, Timing {
  readonly executor: Executor;
}

interface Notes extends Pick<CheckContext, 'accepted' | 'written'> {
  /** Of this check and the earlier ones. */
  acceptedCalls(): AcceptedCalls | undefined;
}

/**
 * One level-triggered pass over a teardown: asks the guards, reads the world, decides, executes, and says how to go on.
 * Every answer of Partner Center leads to an outcome or to another check.
 *
 * @throws Error only for a bug
 */
export async function reconcile(check: Check, deps: Deps): Promise<Result> {
  const accepted = new Set<string | undefined>();
  const calls: string[] = [];
  const acceptedCalls = () => withAccepted(check.acceptedCalls, accepted, deps.nowMs);
  const result = await attempt(check, deps, {
    accepted: (call) => accepted.add(acceptedCallId(call)),
    written: (call) => calls.push(call),
    acceptedCalls,
  });
  const written = withWritten(check.written, calls);
  if (result.kind === 'finish') return finish(sayingWhatWasWritten(result.outcome, written));
  return { ...result, ...defined({ written, acceptedCalls: acceptedCalls() }) };
}

async function attempt(check: Check, deps: Deps, notes: Notes): Promise<Result> {
  let progress = progressBefore(check);
  const reader = readOnce(deps.reader);
  try {
    const facts = factsAbout(check, { ...deps, reader });
    // A check that only waits does not write, so the other guards are asked before the first write.
    const refused = await firstRejection(check, facts, check.begun ? guardsOfAnyCheck : guards);
    if (refused !== undefined) {
      return await handleGuardRejection(refused, check, deps.mode, progress, facts.inventory);
    }
    const waits = await waitsLeft(check, deps, reader);
    if (waits !== undefined) return waitOn(waits, check, deps, progress);
    const inventory = await facts.inventory();
    const decision = decide(inventory, deps.nowMs, check.startedMs);

    const { domain } = inventory.customer;
    progress = { ...progressAfterReading(check), begun: true, ...defined({ domain }) };
    if (isOnlyRead(check, deps.mode)) return asReviewed(progress, inventory);
    const objection = () => firstRejection(check, facts);
    const result = await deps.executor(check, inventory, decision, { ...notes, objection });
    return result.kind === 'requeue'
      ? requeue(result, decision, check, deps, progress, notes.acceptedCalls())
      : finish(result);
  } catch (error) {
    return handleApiError(asPartnerCenterError(error).response, check, deps, progress);
  }
}

/** What is still waited for, by asking for one thing. The last check reads everything, and so does a dry run. */
async function waitsLeft(
  check: Check,
  { mode, backoff, nowMs }: Deps,
  reader: PartnerCenterReader,
): Promise<readonly Wait[] | undefined> {
  if (!check.begun || mode !== 'enforce' || isLastCheck(check, backoff, nowMs)) return undefined;
  return stillWaitingFor(check, reader, nowMs);
}

function waitOn(waits: readonly Wait[], check: Check, deps: Deps, progress: Progress): Result {
  const blockers = waits.map(nameOfWait);
  const why = notReleased(blockers);
  return requeueAfter(check, deps, { ...progress, waitsFor: waits }, why, { blockers });
}

function notReleased(blockers: readonly string[]): string {
  return `Not released yet: ${blockers.join('; ')}.`;
}

/** Requeues the teardown: at once if there is more to do than one check may. */
function requeue(
  { refused, isUnfinished }: Requeue,
  decision: Decision,
  check: Check,
  deps: Deps,
  progress: Progress,
  accepted: AcceptedCalls | undefined,
): Result {
  const delayMs = isUnfinished ? 0 : undefined;
  if (refused !== undefined) {
    const evidence = { response: refused.response, ...afterReview(decision, accepted, check) };
    return requeueAfter(check, deps, progress, refused.message, evidence, delayMs);
  }
  if (decision.kind !== 'release') return requeueNow(progress, 'There is nothing to wait for.');
  const { blockers, orderIds } = decision;
  const why = notReleased(blockers);
  const waits = isUnfinished ? {} : waitsOf(decision, accepted, check, deps);
  return requeueAfter(
    check,
    deps,
    { ...progress, ...waits },
    why,
    { blockers, orderIds, ...afterReview(decision, accepted, check) },
    delayMs,
  );
}

/** What the next checks wait for; nothing where only all lists together show it. */
function waitsOf(
  { awaited, open, isUnjudged, isUnlisted }: Extract<Decision, { kind: 'release' }>,
  accepted: AcceptedCalls | undefined,
  { startedMs }: Check,
  { mode, nowMs }: Deps,
): Pick<Progress, 'waitsFor' | 'readAllAt'> {
  if (mode !== 'enforce' || isUnjudged || isUnlisted) return {};
  const waiting = waitsFor(awaited, open, accepted, { startedMs, nowMs });
  return waiting === undefined
    ? {}
    : { waitsFor: waiting.waitsFor, readAllAt: new Date(waiting.readAllAtMs).toISOString() };
}

/**
 * An order that waits for a person is waited for, and tried once the lists have settled, for this long: the person may
 * take days.
 */
export const MAX_REVIEW_MS = 60 * 60 * 1000;

/**
 * The advice if an order still waits for a person when the time is used up; that is sooner, unless its cancellation was
 * accepted. Everything else is held back meanwhile.
 */
function afterReview(
  decision: Decision,
  accepted: AcceptedCalls | undefined,
  { startedMs }: Check,
): Pick<Evidence, 'finalAdvice' | 'finalAfterMs'> {
  if (decision.kind !== 'release' || decision.underReview.length === 0) return {};
  const isAccepted = decision.underReview.every(({ order, subscription }) =>
    [order?.id, subscription?.id].some((id) => acceptedTimesOf(id, accepted).length > 0),
  );
  const boughtMs = decision.underReview.map(({ order }) => order?.createdMs ?? startedMs);
  const finalAfterMs = Math.max(0, ...boughtMs.map((ms) => ms - startedMs)) + MAX_REVIEW_MS;
  return {
    finalAdvice: adviceFor('purchase-order-missing'),
    ...(!isAccepted && { finalAfterMs }),
  };
}
