import type { CustomerSpec, PurchaseSpec } from '../../local/partner-center/core/spec.ts';
import type { RequestPlan } from '../scenario.ts';
import type { World } from '../world.ts';
import { isOfASweep } from './names.ts';

/** What happened to a teardown besides its own work. */
export interface Circumstances {
  /** One of its messages was seen in a dead-letter queue. */
  readonly died: boolean;
  /** The customer was deleted by somebody or something else. */
  readonly goneOtherwise: boolean;
  readonly boughtMeanwhile: boolean;
  /** The customer was gone before it was asked for. */
  readonly goneBefore: boolean;
  /** Whether the customer was protected when the first look began, or only later. */
  readonly protection: 'none' | 'from the first look' | 'later';
}

/** The endings that are right for a request, as `kind/reason`. */
export function rightEnds(
  world: World,
  plan: RequestPlan,
  circumstances: Circumstances,
): ReadonlySet<string> {
  const { died, goneOtherwise, boughtMeanwhile, protection } = circumstances;
  const ends = new Set(ordinaryEnds(world, plan, circumstances));
  if (ends.has('deleted/released')) ends.add('deleted/already-gone');
  if (died && !plan.flaw) ends.add('parked/dead-lettered');
  if (boughtMeanwhile && plan.minIdle) ends.add('skipped/not-idle');
  if (protection === 'later') ends.add('skipped/protected');
  if (world.sweepIsEmptied && isOfASweep(plan.messageId)) ends.add('skipped/no-longer-included');
  for (const end of endsOfMovedTenant(world, plan)) ends.add(end);
  const changes = boughtMeanwhile || goneOtherwise || looksDifferentByItself(world, plan);
  if (world.reviews.has(plan.messageId) && changes) ends.add('skipped/changed');
  if (goneOtherwise) {
    for (const end of ['deleted/already-gone', 'rejected/unknown-customer']) ends.add(end);
  }
  return ends;
}

type Rule = (world: World, plan: RequestPlan, circumstances: Circumstances) => string[] | undefined;

/** In the order of the guards: the first rule that knows decides. */
const rules: readonly Rule[] = [
  (_, { flaw }) => flaw && ['rejected/malformed-message'],
  ({ scenario }) => (scenario.mode === 'off' ? ['skipped/switched-off'] : undefined),
  ({ scenario }) => (scenario.account === 'sandbox' ? undefined : ['parked/not-a-sandbox']),
  (_, { customer }, { goneBefore }) =>
    customer === undefined || goneBefore ? ['rejected/unknown-customer'] : undefined,
  (_, _plan, { protection }) =>
    protection === 'from the first look' ? ['skipped/protected'] : undefined,
  (_, { expectedDomain }) =>
    expectedDomain === 'wrong' ? ['skipped/unexpected-domain'] : undefined,
];

function ordinaryEnds(world: World, plan: RequestPlan, circumstances: Circumstances): string[] {
  for (const rule of rules) {
    const ends = rule(world, plan, circumstances);
    if (ends !== undefined) return ends;
  }
  const customer = world.customers[plan.customer ?? -1]?.spec ?? {};
  const young = plan.minIdle ? (customer.purchases ?? []).filter(isYoung) : [];
  // One that is listed late is found late, and until then the rest may go on.
  if (young.some((each) => !isLate(each))) return ['skipped/not-idle'];
  const isChanged = world.reviews.get(plan.messageId)?.changed;
  const rest = isChanged ? ['skipped/changed'] : endsOfPurchases(world, plan, customer);
  return young.length > 0 ? ['skipped/not-idle', ...rest] : rest;
}

function endsOfPurchases(
  world: World,
  { dryRun }: RequestPlan,
  { purchases = [], invalidAddress }: CustomerSpec,
): string[] {
  const writes = world.scenario.mode === 'enforce' && !dryRun;
  const blocked = [...purchases.flatMap(stuckEnds), ...(invalidAddress ? ['parked/deadline'] : [])];
  const stuck = writes ? blocked : [];
  const calm = writes ? 'deleted/released' : 'planned/dry-run';
  const hopeless = stuck.length > 0 || isHopeless(purchases, writes);
  return [
    ...unclearEnds(world, purchases),
    ...purchases.flatMap(impossibleEnds),
    ...stuck,
    ...(hopeless ? [] : [calm]),
  ];
}

const isYoung = ({ ageDays = 1 }: PurchaseSpec): boolean => ageDays < 0.5;

/** Two tokens that are refused one after the other, the second a fresh one, are as bad as none. */
function endsOfMovedTenant({ tenantId, sandbox, scenario, met }: World, { flaw }: RequestPlan) {
  if (tenantId === sandbox.tenantId || flaw || scenario.mode === 'off') return [];
  return ['parked/not-a-sandbox', ...(met.has('token revoked') ? ['parked/unauthorized'] : [])];
}

/** Without entitlements nothing tells what a line without a subscription is, in an order billed monthly. */
function unclearEnds({ scenario }: World, purchases: readonly PurchaseSpec[]): string[] {
  const unclear = scenario.refusesEntitlements && purchases.some(({ together }) => together);
  return unclear ? ['parked/unknown-product'] : [];
}

/** A dry run looks once, and may not see yet what is listed late, or what a pending order becomes. */
function isHopeless(purchases: readonly PurchaseSpec[], writes: boolean): boolean {
  return purchases.some((each) => impossibleEnds(each).length > 0 && (writes || isPlain(each)));
}

/** What is pending or listed late, and a stale list, make the customer another than at the review. */
function looksDifferentByItself({ customers, met }: World, { customer }: RequestPlan): boolean {
  const { purchases = [] } = customers[customer ?? -1]?.spec ?? {};
  return met.has('a stale list') || !purchases.every(isPlain);
}

const isPlain = (each: PurchaseSpec): boolean => !isLate(each) && each.status !== 'pending';

const isLate = ({ visibleAfterMs }: PurchaseSpec): boolean => visibleAfterMs !== undefined;

function impossibleEnds({ kind, status, ageDays = 1 }: PurchaseSpec): string[] {
  if (status === 'released') return [];
  const tooOld = ageDays > 60 ? ['parked/cannot-cancel'] : [];
  if (kind !== 'unknown') return tooOld;
  // What a pending order is for nobody can tell yet; how old it is everybody can.
  return ['parked/unknown-product', ...(status === 'pending' ? tooOld : [])];
}

function stuckEnds({ neverCancels, status }: PurchaseSpec): string[] {
  return neverCancels && status !== 'released' ? ['parked/deadline'] : [];
}
