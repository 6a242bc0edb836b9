import type { ServiceBusMessage } from '@azure/service-bus';
import { BACKOFF } from '../app-instance.ts';
import { type Invocation, wasHindered } from '../invocation.ts';
import type { RequestPlan } from '../scenario.ts';
import type { World } from '../world.ts';
import { isShielded } from './as-read.ts';
import { mayHaveChanged } from './expected-outcomes.ts';
import type { Ledger } from './ledger.ts';
import { type Event, isUnread, misnamed } from './outcome-events.ts';
import { unexpectedOutcome } from './unexpected-outcome.ts';
import type { Broken } from './violations.ts';

/** A longer `Retry-After` is cut to this. */
const MAX_DELAY_MS = 3_600_000;
/** Checks beyond the limit: the one that reports it, and those that dead letters add. */
const SPARE_CHECKS = 5;
/** The format of forged checks of a version to come, and how often one is scheduled again within its deadline. */
const TO_COME = 99;
const MAX_POSTPONEMENTS = BACKOFF.deadlineMs / (5 * 60_000);

/** I6: a check is neither too late nor before `Retry-After` is over. I5: it has its one MessageId. */
export function judgeCheck(
  nowMs: number,
  { notBeforeMs }: Invocation,
  { messageId: teardownId, forged }: RequestPlan,
  { messageId, correlationId, body, scheduledEnqueueTimeUtc }: ServiceBusMessage,
  broken: Broken,
): void {
  const dueMs = scheduledEnqueueTimeUtc?.getTime() ?? nowMs;
  if (dueMs - nowMs > MAX_DELAY_MS) {
    broken('I6', `${messageId} is scheduled ${dueMs - nowMs} ms ahead.`);
  }
  if (dueMs < notBeforeMs) {
    broken('I6', `${messageId} is due ${notBeforeMs - dueMs} ms before Retry-After.`);
  }
  const { attempt = 0, format = 1 } = body as { attempt?: number; format?: number };
  const spare = SPARE_CHECKS + (format >= TO_COME ? MAX_POSTPONEMENTS : 0);
  if (attempt > Math.max(BACKOFF.maxChecks, forged?.attempt ?? 0) + spare) {
    broken('I6', `${messageId} is one check too many.`);
  }
  if (messageId !== `${teardownId}:check:${attempt}` || correlationId !== teardownId) {
    broken('I5', `Check ${attempt} of ${teardownId} is named ${messageId}.`);
  }
}

/** An outcome is true, in time, and has the right names. */
export function judgeOutcome(
  world: World,
  ledger: Ledger,
  invocation: Invocation,
  plan: RequestPlan,
  message: ServiceBusMessage,
  broken: Broken,
): void {
  const { messageId: teardownId } = plan;
  const { data } = message.body as Event;
  const { nowMs } = world.time;
  const ageMs = nowMs - (ledger.firstSeenMs.get(teardownId) ?? nowMs);
  if (ageMs > BACKOFF.deadlineMs + 2 * MAX_DELAY_MS) {
    broken('I6', `${teardownId} ended only after ${ageMs} ms.`);
  }
  const taken = ledger.takenIn(teardownId);
  const strange = unexpectedOutcome(
    ...([world, ledger.asRead(invocation), plan, invocation, data, taken] as const),
  );
  if (strange !== undefined) broken('I2', `${teardownId} ${strange}`);
  const wrong = misnamed(world, plan, message);
  if (wrong !== undefined) broken('I8', wrong);
  const { strangers } = ledger;
  if (isUnread(data) && !strangers.hasNewer(teardownId)) {
    broken('I8', `${teardownId} ended as one of a newer version, which it is not.`);
  }
  const isItsOwn =
    !strangers.hasForged(teardownId) && !mayHaveChanged(world, plan, ledger.conditions(plan));
  if (data.reason === 'changed' && ledger.wrote.has(teardownId) && isItsOwn) {
    broken('I5', `${teardownId} takes what it wrote itself for someone's change.`);
  }
  if (data.outcome === 'deleted' && ledger.isThere(plan)) {
    broken('I1', `${teardownId} says deleted, but the customer is there.`);
  }
  const isSaidByUs = !strangers.hasForged(teardownId);
  if (
    data.reason === 'dead-lettered' &&
    isSaidByUs &&
    knewItGone(world, ledger, invocation, plan)
  ) {
    broken('liveness', `${teardownId} says parked, but it has deleted the customer.`);
  }
}

/** The outcome "deleted" needs teardown to be switched on, and no protection. */
function isAllowed(
  world: World,
  ledger: Ledger,
  invocation: Invocation,
  plan: RequestPlan,
): boolean {
  const { mode, shields } = ledger.asRead(invocation);
  return mode !== 'off' && !isShielded(world, shields, plan.customer ?? -1);
}

/** The last check read that the customer is gone; or deleted it itself, with no fault in between. */
function knewItGone(world: World, ledger: Ledger, invocation: Invocation, plan: RequestPlan) {
  if (invocation.message === undefined) return false;
  if (invocation.readGone) return true;
  const deleted = ledger.sentDelete.has(plan.messageId) && !ledger.isThere(plan);
  const byOthers = ledger.conditions(plan).goneOtherwise;
  // With the credentials of another tenant the app sends no request.
  const mayAsk =
    !world.met.has('token of another tenant') && isAllowed(world, ledger, invocation, plan);
  return deleted && !byOthers && mayAsk && !wasHindered(invocation, world.time.nowMs);
}
