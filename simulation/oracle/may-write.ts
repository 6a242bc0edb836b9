import type { Invocation } from '../invocation.ts';
import type { RequestPlan } from '../scenario.ts';
import type { World } from '../world.ts';
import { blockedBy, newestOrderMs } from './released.ts';
import type { Violation } from './violations.ts';

const MIN_IDLE_MS = 12 * 3_600_000;

/** Judges a write that is about to arrive: may this teardown write (I2, I3), and delete (I1)? */
export function judgeWrite(
  world: World,
  { teardownId, attempt, reads, lookStartedMs }: Invocation & { readonly lookStartedMs: number },
  method: string,
  path: string,
): Violation | undefined {
  const { scenario, customerIds, time } = world;
  const plan = scenario.requests.find(({ messageId }) => messageId === teardownId);
  const customerId = plan?.customer === undefined ? undefined : customerIds[plan.customer];
  const what = `${teardownId} sent ${method} ${path}`;
  const guard = (sentence: string): Violation => ({
    invariant: 'I2',
    sentence: `${what} ${sentence}`,
  });
  if (plan?.customer === undefined || customerId === undefined) return guard('without a customer.');
  if (!`${path}/`.startsWith(`/customers/${customerId}/`)) return guard("to another customer's.");
  if (scenario.mode !== 'enforce' || plan.dryRun) {
    return { invariant: 'I3', sentence: `${what} though it may not write at all.` };
  }
  const objection = objectionTo(world, plan, newestOrderMs(reads, customerId));
  if (objection !== undefined) return guard(objection);
  if (method !== 'delete') return undefined;
  const blocker =
    attempt === 0
      ? 'it was the first look'
      : blockedBy(reads, customerId, {
          ageMs: time.nowMs - lookStartedMs,
          readsEntitlements: !scenario.refusesEntitlements,
        });
  return blocker === undefined
    ? undefined
    : { invariant: 'I1', sentence: `${what} although ${blocker}.` };
}

function objectionTo(
  { scenario, time }: World,
  { customer = -1, expectedDomain, ifUnchanged, minIdle }: RequestPlan,
  newestMs: number | undefined,
): string | undefined {
  if (scenario.account !== 'sandbox') return 'to an account that is no proven sandbox.';
  if (scenario.protectedCustomers.has(customer)) return 'to a protected customer.';
  if (expectedDomain === 'wrong') return 'though the domain was not the expected one.';
  if (ifUnchanged === 'wrong') return 'though the customer was not as reviewed.';
  const tooNew = newestMs === undefined || time.nowMs - newestMs < MIN_IDLE_MS;
  return minIdle && tooNew ? 'though an order was too new.' : undefined;
}
