import type { Inventory } from '../inventory/inventory.ts';
import type { Check, Progress } from '../model/check.ts';
import { MAX_PLAN_ITEMS } from '../model/fingerprint.ts';
import type { TeardownMode } from '../model/mode.ts';
import type { Outcome } from '../model/outcome.ts';
import { planFingerprint, planItemsOf } from '../release/plan-items.ts';
import { finish, type Result, requeueNow } from './result.ts';

/**
 * A request whose plan was reviewed (`ifUnchanged`) is first only read: its fingerprint is compared, and the next
 * check goes by the verdict, whatever it finds. A message may be delivered again after a crash, or worked on twice at
 * once; comparing again after its own first write, it would take that write for somebody's change. There is one next
 * check, because duplicate detection drops the second, so there is one verdict.
 */
export function isOnlyRead({ request, begun }: Check, mode: TeardownMode): boolean {
  return mode === 'enforce' && !begun && request.ifUnchanged !== undefined;
}

/** The verdict that it is as reviewed: the next check may write, and nothing but this plan. */
export function asReviewed(progress: Progress, inventory: Inventory): Result {
  const plan = [...new Set(planItemsOf(inventory).map(({ digest }) => digest))];
  if (plan.length > MAX_PLAN_ITEMS) {
    return finish({
      kind: 'skipped',
      reason: 'changed',
      explanation: `The plan has ${plan.length} items, and no more than ${MAX_PLAN_ITEMS} can be carried out as reviewed: request the teardown without "ifUnchanged".`,
    });
  }
  return requeueNow(
    { ...progress, plan },
    'The customer is as it was reviewed; from the next check on it is changed.',
  );
}

/** What a guard's no leads to; that the customer has changed is said by the next check. */
export async function handleGuardRejection(
  no: Outcome,
  check: Check,
  mode: TeardownMode,
  progress: Progress,
  inventory: () => Promise<Inventory>,
): Promise<Result> {
  const isNew = no.reason === 'changed' && check.changed === undefined;
  if (!isNew || !isOnlyRead(check, mode)) return finish(no);
  return requeueNow({ ...progress, changed: planFingerprint(await inventory()) }, no.explanation);
}
