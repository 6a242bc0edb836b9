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

/** What happened to a teardown from outside. */
export interface Conditions {
  /** One of its messages was seen in a dead-letter queue. */
  readonly died: boolean;
  /** Someone or something else deleted the customer. */
  readonly goneOtherwise: boolean;
  /** Purchases made for the customer after it was seeded. */
  readonly bought: readonly Bought[];
  readonly startedMs: number;
  /** Someone made an Azure subscription active. */
  readonly hasActivated: boolean;
  /** A purchase of the customer was released before. */
  readonly isChanged: boolean;
  /** The customer was gone before the request came. */
  readonly goneBefore: boolean;
  readonly protection: Protection;
  /** The modes in which its checks have begun. */
  readonly modes: ReadonlySet<TeardownMode>;
}

/** The outcomes that are right for a request, as `kind/reason`. */
export function expectedOutcomes(
  world: World,
  plan: RequestPlan,
  conditions: Conditions,
): ReadonlySet<string> {
  const { died, goneOtherwise, modes, protection } = conditions;
  const boughtMeanwhile = conditions.bought.length > 0;
  const outcomes = new Set(
    [...modes].flatMap((mode) => ordinaryOutcomes({ world, mode }, plan, conditions)),
  );
  if (outcomes.has('deleted/released')) outcomes.add('deleted/already-gone');
  if (died && !plan.flaw) outcomes.add('parked/dead-lettered');
  if (boughtMeanwhile && plan.minIdle) outcomes.add('skipped/not-idle');
  if (protection === 'at some checks') outcomes.add('skipped/protected');
  if (world.sweepIsEmptied && isOfASweep(plan.messageId))
    outcomes.add('skipped/no-longer-included');
  for (const end of outcomesOfMovedTenant(world, plan, modes)) outcomes.add(end);
  if (world.reviews.has(plan.messageId) && mayHaveChanged(world, plan, conditions)) {
    outcomes.add('skipped/changed');
  }
  if (goneOtherwise) {
    for (const end of ['deleted/already-gone', 'rejected/unknown-customer']) outcomes.add(end);
  }
  return outcomes;
}

/** The customer may have changed since its review; or the teardown began as a dry run, which compares nothing. */
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
    readsDifferentByItself(world, plan)
  );
}

/** The world in one of the modes that it was in. */
interface InMode {
  readonly world: World;
  readonly mode: TeardownMode;
}

type Rule = (at: InMode, plan: RequestPlan, conditions: Conditions) => string[] | undefined;

/** In the order of the guards: the first rule that applies decides. */
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

function ordinaryOutcomes(at: InMode, plan: RequestPlan, conditions: Conditions): string[] {
  const { world } = at;
  for (const rule of rules) {
    const outcomes = rule(at, plan, conditions);
    if (outcomes !== undefined) return outcomes;
  }
  const customer = world.customers[plan.customer ?? -1]?.spec ?? {};
  const young = plan.minIdle ? (customer.purchases ?? []).filter(isYoung) : [];
  // A purchase that is listed late is found late; until then the teardown may go on.
  if (young.some(isYoungNow)) return ['skipped/not-idle'];
  const ofPurchases = outcomesOfPurchases(at, plan, customer, conditions);
  const isChanged = world.reviews.get(plan.messageId)?.changed;
  // Another teardown may release what has been bought since, and then it is as it was reviewed.
  const otherwise = conditions.goneOtherwise ? ofPurchases : [];
  const rest = isChanged ? ['skipped/changed', ...otherwise] : ofPurchases;
  return young.length > 0 ? ['skipped/not-idle', ...rest] : rest;
}

function outcomesOfPurchases(
  { world: { scenario, customers }, mode }: InMode,
  { dryRun, customer = -1 }: RequestPlan,
  spec: CustomerSpec,
  { startedMs, bought, isChanged, modes }: Conditions,
): string[] {
  const writes = mode === 'enforce' && !dryRun;
  // A purchase released in one mode is gone in the other.
  const isOther = isChanged || (modes.has('enforce') && modes.has('dry-run'));
  const sinceMs = startedMs - (customers[customer]?.bornMs ?? startedMs);
  const fates = [
    ...fatesOf(scenario, spec, sinceMs).map((fate) => (isOther ? perhaps(fate) : fate)),
    ...bought.flatMap(({ spec: each, atMs }) =>
      fatesOf(scenario, { ...spec, purchases: [each] }, Math.max(0, startedMs - atMs)).map(perhaps),
    ),
  ];
  const known = writes ? fates : fates.filter(({ foreseen }) => foreseen);
  const outcomes = known.flatMap((fate) => fate.outcomes);
  // A dry run checks once, and may not see yet what is listed late, or what something becomes.
  const hopeless = known.some(({ mayEnd }) => !mayEnd) && (writes || staysAsItIs(spec));
  const success = writes ? 'deleted/released' : 'planned/dry-run';
  return hopeless ? outcomes : [...outcomes, success];
}

/** The purchase may come, or be listed, only after the end. */
const perhaps = (fate: Fate): Fate => ({ ...fate, mayEnd: true });

/** The successor of a migration counts as bought when the migration is done. */
const isYoung = ({ ageDays = 1, migration }: PurchaseSpec): boolean =>
  ageDays < 0.5 || migration === 'completes';

/** Young to the end of the run. */
const isYoungNow = ({ ageDays = 1, visibleAfterMs }: PurchaseSpec): boolean =>
  ageDays < 0.4 && visibleAfterMs === undefined;

/** Two refused tokens in a row, the second a fresh one, count as no authorization. */
function outcomesOfMovedTenant(
  { met }: World,
  { flaw }: RequestPlan,
  modes: ReadonlySet<TeardownMode>,
): readonly string[] {
  const isOff = modes.size === 1 && modes.has('off');
  if (!met.has('token of another tenant') || flaw || isOff) return [];
  const isTwice = met.has('token revoked') || met.has('credentials put back');
  return ['parked/not-a-sandbox', ...(isTwice ? ['parked/unauthorized'] : [])];
}

/** A pending or late purchase, or a stale list, makes the customer read differently from its review. */
function readsDifferentByItself({ customers, met }: World, { customer }: RequestPlan): boolean {
  const spec = customers[customer ?? -1]?.spec ?? {};
  return met.has('a stale list') || !staysAsItIs(spec);
}

const staysAsItIs = ({ purchases = [] }: CustomerSpec): boolean => purchases.every(isPlain);

/** A purchase that does not change by itself. */
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
