import { describeCall } from '../model/call.ts';
import { planFingerprint } from '../release/plan-items.ts';
import type { Executor } from './executor.ts';

/** Dry run: lists every call that would be made. It has no client that could make one. */
export const dryRun: Executor = async (_check, inventory, decision, context) => {
  if (decision.kind === 'unreleasable') return decision.parked;
  // A purchase that cannot be judged yet, or is not listed yet, cannot be planned either.
  const isEarly = decision.kind === 'release' && (decision.isUnjudged || decision.isUnlisted);
  if (isEarly) return { kind: 'requeue' };
  const objection = await context.objection();
  if (objection !== undefined) return objection;
  const calls = decision.kind === 'release' ? [...decision.now, ...decision.later] : [];
  const customerId = inventory.customer.id;
  const plan = [...calls, { kind: 'delete-customer' } as const].map((call) =>
    describeCall(customerId, call),
  );
  return {
    kind: 'planned',
    reason: 'dry-run',
    explanation: `Dry run: a teardown would make ${plan.length} writing ${plan.length === 1 ? 'call' : 'calls'}; this check made none.`,
    calls: plan,
    fingerprint: planFingerprint(inventory),
  };
};
