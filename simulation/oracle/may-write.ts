import type { Invocation } from '../invocation.ts';
import type { Write } from '../partner-center.ts';
import type { RequestPlan } from '../scenario.ts';
import type { World } from '../world.ts';
import { objectionToRelease } from './may-release.ts';
import { isOfASweep } from './names.ts';
import { blockedBy, newestOrderMs } from './released.ts';
import type { Violation } from './violations.ts';

const MIN_IDLE_MS = 12 * 3_600_000;

/** What the oracle knows of the teardown that writes. */
export interface Writer {
  readonly plan: RequestPlan | undefined;
  readonly firstSeenMs: number;
  /** Who was protected when this look began. */
  readonly protectedThen: ReadonlySet<number>;
  /** The sweep had no rules any more when this look began. */
  readonly wasEmptied: boolean;
  /** A look of it found the customer as its review had. */
  readonly isUnchanged: boolean;
  /** It has written before. */
  readonly hasWritten: boolean;
}

/** Judges a write that is about to arrive: may this teardown write (I2, I3), and delete (I1)? */
export function judgeWrite(
  world: World,
  invocation: Invocation,
  write: Write,
  writer: Writer,
): Violation | undefined {
  const { teardownId, attempt, reads } = invocation;
  const { method, path, tenantId } = write;
  const { scenario, customers, sandbox, time } = world;
  const { plan, firstSeenMs } = writer;
  const customerId = customers[plan?.customer ?? -1]?.id;
  const what = `${teardownId} sent ${method} ${path}`;
  const guard = (sentence: string): Violation => ({
    invariant: 'I2',
    sentence: `${what} ${sentence}`,
  });
  if (plan === undefined || customerId === undefined) return guard('without a customer.');
  if (!`${path}/`.startsWith(`/customers/${customerId}/`)) return guard("to another customer's.");
  if (scenario.mode !== 'enforce' || plan.dryRun) {
    return { invariant: 'I3', sentence: `${what} though it may not write at all.` };
  }
  // A token that no longer holds reaches nobody.
  if (tenantId !== undefined && tenantId !== sandbox.tenantId) {
    return guard(`with a token of the tenant ${tenantId}.`);
  }
  const objection = objectionTo(world, plan, writer, () => newestOrderMs(reads, customerId));
  if (objection !== undefined) return guard(objection);
  if (method !== 'delete') {
    const isFirst = !writer.hasWritten;
    const wrong = objectionToRelease(invocation, write, {
      customerId,
      startedMs: firstSeenMs,
      isFirst,
      reservations: () => reservationsOf(world, customerId),
    });
    return wrong === undefined ? undefined : guard(wrong);
  }
  const blocker =
    attempt === 0
      ? 'it was the first look'
      : blockedBy(reads, customerId, {
          ageMs: time.nowMs - firstSeenMs,
          readsEntitlements: scenario.settings.refuseEntitlementsToAppOnly === false,
        });
  return blocker === undefined
    ? undefined
    : { invariant: 'I1', sentence: `${what} although ${blocker}.` };
}

function objectionTo(
  { scenario, reviews, time }: World,
  { messageId, customer = -1, expectedDomain, minIdle }: RequestPlan,
  { protectedThen, wasEmptied, isUnchanged }: Writer,
  newestMs: () => number | undefined,
): string | undefined {
  if (scenario.account !== 'sandbox') return 'to an account that is no proven sandbox.';
  if (protectedThen.has(customer)) return 'to a protected customer.';
  if (wasEmptied && isOfASweep(messageId)) return 'though the rules of its sweep were emptied.';
  if (expectedDomain === 'wrong') return 'though the domain was not the expected one.';
  if (reviews.has(messageId) && !isUnchanged) return 'though no look found it as reviewed.';
  if (!minIdle) return undefined;
  const tooNew = time.nowMs - (newestMs() ?? time.nowMs) < MIN_IDLE_MS;
  return tooNew ? 'though an order was too new.' : undefined;
}

function reservationsOf({ sandbox }: World, customerId: string): readonly string[] {
  const customer = sandbox.state().customers.find(({ id }) => id === customerId);
  return (customer?.orders ?? []).filter(({ kind }) => kind === 'reservation').map(({ id }) => id);
}
