import type { TeardownMode } from '../../src/teardown/model/mode.ts';
import type { Invocation } from '../invocation.ts';
import type { RequestPlan } from '../scenario.ts';
import type { World } from '../world.ts';
import { type AsRead, CHECK_MS, isShielded } from './as-read.ts';
import type { Event } from './outcome-events.ts';

/**
 * The problem with an outcome, by the settings when its check began: the kill switch ends every check without a request
 * to Partner Center, a dry run ends with a plan, and only enforce mode deletes.
 */
export function unexpectedOutcome(
  world: World,
  { mode, shields }: AsRead,
  { dryRun, customer = -1, flaw }: RequestPlan,
  { message }: Invocation,
  { outcome, reason }: Event['data'],
  takenIn: ReadonlySet<TeardownMode>,
): string | undefined {
  if (message === undefined || flaw || reason === 'newer-version') return undefined;
  if (isToGiveUp(message.content.body)) return undefined;
  if ((mode === 'off') !== (reason === 'switched-off')) {
    return `said ${outcome}/${reason} in the mode ${mode}.`;
  }
  const writes = mode === 'enforce' && !dryRun;
  const isTakenInDryRun = takenIn.has('dry-run');
  const mayWrite = writes && !(isTakenInDryRun && takenIn.size === 1);
  if (reason === 'released' && !mayWrite) return 'deleted though it may not write.';
  if (outcome === 'planned' && writes && !isTakenInDryRun) return 'only planned what it was to do.';
  const wasProtected = shields.some((shield) => isShielded(world, [shield], customer));
  if (reason === 'protected' && !wasProtected && !endedMeanwhile(world, shields)) {
    return 'was skipped for a protection that there was not.';
  }
  return undefined;
}

/** Whether a protection may have ended since the check began. */
function endedMeanwhile({ startMs, time }: World, shields: AsRead['shields']): boolean {
  return shields.some(({ endsAfterMs = Infinity }) => {
    const agoMs = time.nowMs - (startMs + endsAfterMs);
    return agoMs >= 0 && agoMs < CHECK_MS;
  });
}

/** A check that carries a dead letter's cause only ends its teardown, whatever the mode. */
export function isToGiveUp(body: unknown): boolean {
  return (body as { readonly deadLetter?: unknown }).deadLetter !== undefined;
}
