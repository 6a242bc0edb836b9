import type { Inventory } from '../inventory/inventory.ts';
import type { Check, Progress } from '../model/check.ts';
import { MAX_PLAN_ITEMS } from '../model/fingerprint.ts';
import type { TeardownMode } from '../model/mode.ts';
import { type Outcome, skipped } from '../model/outcome.ts';
import { planFingerprint, planItemsOf } from '../release/plan-items.ts';
import { finish, type Result, requeueNow } from './result.ts';

/**
 * The first check of a request with a reviewed plan (`ifUnchanged`) only reads: it compares the fingerprints, and the
 * next check acts on the verdict, whatever it finds itself. Otherwise a message that is delivered again after a crash,
 * or processed twice at once, would compare after its own first write, and take that write for a change by others.
 * There is only one verdict, because duplicate detection drops a second next check.
 */
export function isOnlyRead({ request, begun }: Check, mode: TeardownMode): boolean {
  return mode === 'enforce' && !begun && request.ifUnchanged !== undefined;
}

const withoutReview = { nextStep: 'Request the teardown again without "ifUnchanged".' };

/** The verdict that the customer is as reviewed: the next check may carry out this plan, and nothing else. */
export function asReviewed(progress: Progress, inventory: Inventory): Result {
  const plan = [...new Set(planItemsOf(inventory).map(({ digest }) => digest))];
  if (plan.length > MAX_PLAN_ITEMS) {
    const explanation = `The plan has ${plan.length} items, and no more than ${MAX_PLAN_ITEMS} can be carried out as reviewed.`;
    return finish(skipped('changed', explanation, withoutReview));
  }
  return requeueNow(
    { ...progress, plan },
    'The customer is as it was reviewed; the next check may change it.',
  );
}

/** The result of a guard's rejection. That the customer has changed is reported by the next check. */
export async function handleGuardRejection(
  rejection: Outcome,
  check: Check,
  mode: TeardownMode,
  progress: Progress,
  inventory: () => Promise<Inventory>,
): Promise<Result> {
  const isNew = rejection.reason === 'changed' && check.changed === undefined;
  if (!isNew || !isOnlyRead(check, mode)) return finish(rejection);
  return requeueNow(
    { ...progress, changed: planFingerprint(await inventory()) },
    rejection.explanation,
  );
}
