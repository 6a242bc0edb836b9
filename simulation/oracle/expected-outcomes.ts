import type { CustomerSpec, PurchaseSpec } from 'partner-center-sandbox/core';
import type { TeardownMode } from '../../src/teardown/model/mode.ts';
import type { RequestPlan } from '../scenario.ts';
import type { World } from '../world.ts';
import type { Protection } from './checks.ts';
import type { Fate } from './fate.ts';
import { fatesOf } from './fates.ts';
import { isOfASweep } from './names.ts';

export interface Bought {
  readonly customer: number;
  readonly spec: PurchaseSpec;
  readonly atMs: number;
}

/** What happened to a teardown besides its own work. */
export interface Conditions {
  /** One of its messages was seen in a dead-letter queue. */
  readonly died: boolean;
  /** The customer was deleted by somebody or something else. */
  readonly goneOtherwise: boolean;
  /** What somebody bought for the customer, after it was seeded. */
  readonly bought: readonly Bought[];
  readonly startedMs: number;
  /** Somebody made an Azure subscription active. */
  readonly hasActivated: boolean;
  /** Something of the customer's was released before. */
  readonly isChanged: boolean;
  /** The customer was gone before it was asked for. */
  readonly goneBefore: boolean;
  readonly protection: Protection;
  /** The modes in which its checks have begun. */
  readonly modes: ReadonlySet<TeardownMode>;
}

/** The endings that are right for a request, as `kind/reason`. */
export function rightEnds(
  world: World,
  plan: RequestPlan,
  conditions: Conditions,
): ReadonlySet<string> {
  const { died, goneOtherwise, modes, protection } = conditions;
  const boughtMeanwhile = conditions.bought.length > 0;
  const ends = new Set(
    [...modes].flatMap((mode) => ordinaryEnds({ world, mode }, plan, conditions)),
  );
  if (ends.has('deleted/released')) ends.add('deleted/already-gone');
  if (died && !plan.flaw) ends.add('parked/dead-lettered');
  if (boughtMeanwhile && plan.minIdle) ends.add('skipped/not-idle');
  if (protection === 'at some checks') ends.add('skipped/protected');
  if (world.sweepIsEmptied && isOfASweep(plan.messageId)) ends.add('skipped/no-longer-included');
  for (const end of endsOfMovedTenant(world, plan, modes)) ends.add(end);
  if (world.reviews.has(plan.messageId) && mayHaveChanged(world, plan, conditions)) {
    ends.add('skipped/changed');
  }
  if (goneOtherwise) {
    for (const end of ['deleted/already-gone', 'rejected/unknown-customer']) ends.add(end);
  }
  return ends;
}

/** Somebody, or time, may have made the customer another than it was reviewed; or it began as a dry run, which compares nothing. */
export function mayHaveChanged(
  world: World,
  plan: RequestPlan,
  { hasActivated, bought, goneOtherwise, modes }: Conditions,
): boolean {
  return (
    hasActivated ||
    bought.length > 0 ||
    goneOtherwise ||
    modes.has('dry-run') ||
    checksDifferentByItself(world, plan)
  );
}

/** The world in one of the modes that it was in. */
interface InMode {
  readonly world: World;
  readonly mode: TeardownMode;
}

type Rule = (at: InMode, plan: RequestPlan, conditions: Conditions) => string[] | undefined;

/** In the order of the guards: the first rule that knows decides. */
const rules: readonly Rule[] = [
  (_, { flaw }) => flaw && ['rejected/malformed-message'],
  ({ mode }) => (mode === 'off' ? ['skipped/switched-off'] : undefined),
  ({ world: { scenario } }) =>
    scenario.account === 'sandbox' ? undefined : ['parked/not-a-sandbox'],
  (_, { customer }, { goneBefore }) =>
    customer === undefined || goneBefore ? ['rejected/unknown-customer'] : undefined,
  (_, _plan, { protection }) =>
    protection === 'at every check' ? ['skipped/protected'] : undefined,
  (_, { expectedDomain }) =>
    expectedDomain === 'wrong' ? ['skipped/unexpected-domain'] : undefined,
];

function ordinaryEnds(at: InMode, plan: RequestPlan, conditions: Conditions): string[] {
  const { world } = at;
  for (const rule of rules) {
    const ends = rule(at, plan, conditions);
    if (ends !== undefined) return ends;
  }
  const customer = world.customers[plan.customer ?? -1]?.spec ?? {};
  const young = plan.minIdle ? (customer.purchases ?? []).filter(isYoung) : [];
  // One that is listed late is found late, and until then the rest may go on.
  if (young.some(isYoungNow)) return ['skipped/not-idle'];
  const ofPurchases = endsOfPurchases(at, plan, customer, conditions);
  const isChanged = world.reviews.get(plan.messageId)?.changed;
  // Another teardown may release what has been bought since, and then it is as it was reviewed.
  const otherwise = conditions.goneOtherwise ? ofPurchases : [];
  const rest = isChanged ? ['skipped/changed', ...otherwise] : ofPurchases;
  return young.length > 0 ? ['skipped/not-idle', ...rest] : rest;
}

function endsOfPurchases(
  { world: { scenario, customers }, mode }: InMode,
  { dryRun, customer = -1 }: RequestPlan,
  spec: CustomerSpec,
  { startedMs, bought, isChanged, modes }: Conditions,
): string[] {
  const writes = mode === 'enforce' && !dryRun;
  // What was released in one mode is not there any more in the other.
  const isOther = isChanged || (modes.has('enforce') && modes.has('dry-run'));
  const sinceMs = startedMs - (customers[customer]?.bornMs ?? startedMs);
  const fates = [
    ...fatesOf(scenario, spec, sinceMs).map((fate) => (isOther ? perhaps(fate) : fate)),
    ...bought.flatMap(({ spec: each, atMs }) =>
      fatesOf(scenario, { ...spec, purchases: [each] }, Math.max(0, startedMs - atMs)).map(perhaps),
    ),
  ];
  const told = writes ? fates : fates.filter(({ foreseen }) => foreseen);
  const ends = told.flatMap((fate) => fate.ends);
  // A dry run checks once, and may not see yet what is listed late, or what something becomes.
  const hopeless = told.some(({ mayEnd }) => !mayEnd) && (writes || staysAsItIs(spec));
  const calm = writes ? 'deleted/released' : 'planned/dry-run';
  return hopeless ? ends : [...ends, calm];
}

/** It may be bought, or listed, only when all is over. */
const perhaps = (fate: Fate): Fate => ({ ...fate, mayEnd: true });

/** What comes of a migration is bought when it is done. */
const isYoung = ({ ageDays = 1, migration }: PurchaseSpec): boolean =>
  ageDays < 0.5 || migration === 'completes';

/** It stays so to the end. */
const isYoungNow = ({ ageDays = 1, visibleAfterMs }: PurchaseSpec): boolean =>
  ageDays < 0.4 && visibleAfterMs === undefined;

/** Two tokens that are refused one after the other, the second a fresh one, are as bad as none. */
function endsOfMovedTenant(
  { met }: World,
  { flaw }: RequestPlan,
  modes: ReadonlySet<TeardownMode>,
): readonly string[] {
  const isOff = modes.size === 1 && modes.has('off');
  if (!met.has('token of another tenant') || flaw || isOff) return [];
  const isTwice = met.has('token revoked') || met.has('credentials put back');
  return ['parked/not-a-sandbox', ...(isTwice ? ['parked/unauthorized'] : [])];
}

/** What is pending or listed late, and a stale list, make the customer another than at the review. */
function checksDifferentByItself({ customers, met }: World, { customer }: RequestPlan): boolean {
  const spec = customers[customer ?? -1]?.spec ?? {};
  return met.has('a stale list') || !staysAsItIs(spec);
}

const staysAsItIs = ({ purchases = [] }: CustomerSpec): boolean => purchases.every(isPlain);

/** Nothing of it changes by itself. */
const isPlain = (each: PurchaseSpec): boolean =>
  !isLate(each) &&
  each.status !== 'pending' &&
  [each.pendingForMs, each.migration, each.termEndsInMs, each.overspentForMs].every(
    (time) => time === undefined,
  );

const isLate = (each: PurchaseSpec): boolean =>
  [each.visibleAfterMs, each.subscriptionVisibleAfterMs, each.entitlementVisibleAfterMs].some(
    (afterMs) => afterMs !== undefined,
  );
