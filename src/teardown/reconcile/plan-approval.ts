import type { Inventory } from '../inventory/inventory.ts';
import type { Look, Progress } from '../model/check.ts';
import { MAX_PLAN_ITEMS } from '../model/fingerprint.ts';
import type { TeardownMode } from '../model/mode.ts';
import type { Outcome } from '../model/outcome.ts';
import { planFingerprint, planItemsOf } from '../release/plan-items.ts';
import { atOnce, type Ending, end } from './result.ts';

/**
 * A request whose plan was reviewed (`ifUnchanged`) is first only read: its fingerprint is compared, and the next
 * check goes by the verdict, whatever it finds. A message may be delivered again after a crash, or worked on twice at
 * once; comparing again after its own first write, it would take that write for somebody's change. There is one next
 * check, because duplicate detection drops the second, so there is one verdict.
 */
export function isOnlyRead({ request, begun }: Look, mode: TeardownMode): boolean {
  return mode === 'enforce' && !begun && request.ifUnchanged !== undefined;
}

/** The verdict that it is as reviewed: the next look may write, and nothing but this plan. */
export function asReviewed(progress: Progress, inventory: Inventory): Ending {
  const plan = [...new Set(planItemsOf(inventory).map(({ digest }) => digest))];
  if (plan.length > MAX_PLAN_ITEMS) {
    return end({
      kind: 'skipped',
      reason: 'changed',
      explanation: `The plan has ${plan.length} items, and no more than ${MAX_PLAN_ITEMS} can be carried out as reviewed: request the teardown without "ifUnchanged".`,
    });
  }
  return atOnce(
    { ...progress, plan },
    'The customer is as it was reviewed; from the next look on it is changed.',
  );
}

/** What a guard's no leads to; that the customer has changed is said by the next look. */
export async function afterNo(
  no: Outcome,
  look: Look,
  mode: TeardownMode,
  progress: Progress,
  inventory: () => Promise<Inventory>,
): Promise<Ending> {
  const isNew = no.reason === 'changed' && look.changed === undefined;
  if (!isNew || !isOnlyRead(look, mode)) return end(no);
  return atOnce({ ...progress, changed: planFingerprint(await inventory()) }, no.explanation);
}
