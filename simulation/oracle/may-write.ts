import type { Invocation } from '../invocation.ts';
import type { RequestPlan } from '../scenario.ts';
import type { World } from '../world.ts';
import type { Write } from '../write.ts';
import { type AsRead, isShielded } from './as-read.ts';
import { objectionToRelease } from './may-release.ts';
import { isOfASweep } from './names.ts';
import { blockedBy, newestOrderMs } from './released.ts';
import type { Called } from './riskier.ts';
import { standingIn } from './standing.ts';
import type { Violation } from './violations.ts';

const MIN_IDLE_MS = 12 * 3_600_000;

/** The teardown that writes, as the oracle knows it. */
export interface Writer {
  readonly plan: RequestPlan | undefined;
  readonly firstSeenMs: number;
  /** The settings when this check began. */
  readonly asRead: AsRead;
  /** One of its checks found the customer as it was reviewed. */
  readonly isUnchanged: boolean;
}

/** Judges a write that is about to arrive: may this teardown write (I2, I3), and delete (I1)? */
export function judgeWrite(
  world: World,
  invocation: Invocation,
  write: Write,
  writer: Writer,
): Violation | undefined {
  const { teardownId, reads } = invocation;
  const { method, path, tenantId } = write;
  const { customers, sandbox } = world;
  const { plan, asRead } = writer;
  const customerId = customers[plan?.customer ?? -1]?.id;
  const what = `${teardownId} sent ${method} ${path}`;
  const guard = (message: string): Violation => ({
    invariant: 'I2',
    message: `${what} ${message}`,
  });
  if (plan === undefined || customerId === undefined) return guard('without a customer.');
  if (!`${path}/`.startsWith(`/customers/${customerId}/`)) return guard("to another customer's.");
  if (asRead.mode !== 'enforce' || plan.dryRun) {
    const message = `${what} though it may not write at all (${asRead.mode}).`;
    return { invariant: 'I3', message };
  }
  // A request with an invalid token changes nothing.
  if (tenantId !== undefined && tenantId !== sandbox.tenantId) {
    return guard(`with a token of the tenant ${tenantId}.`);
  }
  const objection =
    objectionToReading(invocation, plan, sandbox.tenantId, customerId) ??
    objectionTo(world, plan, writer, () => newestOrderMs(reads, customerId));
  if (objection !== undefined) return guard(objection);
  if (method === 'delete') return judgeDelete(world, invocation, writer, customerId, what);
  const wrong = objectionToRelease(invocation, write, {
    customerId,
    startedMs: writer.firstSeenMs,
    nowMs: world.time.nowMs,
    called: calledFor(world, customerId),
    reservations: () => reservationsOf(world, customerId),
  });
  return wrong === undefined ? undefined : guard(wrong);
}

function judgeDelete(
  { scenario, time }: World,
  { attempt, reads }: Invocation,
  { firstSeenMs }: Writer,
  customerId: string,
  what: string,
): Violation | undefined {
  const blocker =
    attempt === 0
      ? 'it was the first check'
      : blockedBy(reads, customerId, {
          ageMs: time.nowMs - firstSeenMs,
          readsEntitlements: scenario.settings.refuseEntitlementsToAppOnly === false,
        });
  return blocker === undefined
    ? undefined
    : { invariant: 'I1', message: `${what} although ${blocker}.` };
}

/** Whose answers the check read, and whether a plan that lists nothing allows them. */
function objectionToReading(
  { reads, tenants }: Invocation,
  { forged }: RequestPlan,
  tenantId: string,
  customerId: string,
): string | undefined {
  const other = [...tenants].find((tenant) => tenant !== tenantId);
  if (other !== undefined) return `by what the account of the tenant ${other} showed.`;
  const [unlisted] = forged?.listsNothing ? standingIn(reads, customerId) : [];
  return unlisted && `though its plan does not list ${unlisted}.`;
}

function objectionTo(
  world: World,
  { messageId, customer = -1, expectedDomain, minIdle, forged }: RequestPlan,
  { asRead, isUnchanged }: Writer,
  newestMs: () => number | undefined,
): string | undefined {
  const { scenario, reviews, time } = world;
  if (scenario.account !== 'sandbox') return 'to an account that is no proven sandbox.';
  if (isShielded(world, asRead.shields, customer)) return 'to a protected customer.';
  // A forged check says itself what it is.
  const isSwept = isOfASweep(messageId) && forged === undefined;
  if (asRead.sweepIsEmptied && isSwept) return 'though the rules of its sweep were emptied.';
  if (expectedDomain === 'wrong') return 'though the domain was not the expected one.';
  if (reviews.has(messageId) && !forged && !isUnchanged)
    return 'though no check found it as reviewed.';
  if (!minIdle) return undefined;
  const tooNew = time.nowMs - (newestMs() ?? time.nowMs) < MIN_IDLE_MS;
  return tooNew ? 'though an order was too new.' : undefined;
}

function reservationsOf({ sandbox }: World, customerId: string): readonly string[] {
  const customer = sandbox.state().customers.find(({ id }) => id === customerId);
  return (customer?.orders ?? [])
    .filter(({ kind, lines }) => kind === 'reservation' && !lines.every(({ failed }) => failed))
    .map(({ id }) => id);
}

/** The ids in the paths of the PATCH calls that the sandbox got, and of those that it did not refuse. */
function calledFor({ sandbox }: World, customer: string): Called {
  const patches = sandbox
    .requests()
    .requests.filter(({ customerId, method }) => customerId === customer && method === 'PATCH');
  const idsOf = (calls: typeof patches) =>
    new Set(calls.map(({ path }) => path.slice(path.lastIndexOf('/') + 1)));
  return { tried: idsOf(patches), accepted: idsOf(patches.filter(({ status }) => status < 300)) };
}
