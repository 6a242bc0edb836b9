import type { Cluster } from './cluster.ts';
import { clockKinds } from './night-clock.ts';
import type { SweepPlan, SweepRun } from './sweep-plan.ts';
import { whenever } from './whenever.ts';

/** Of the runs of the sweep at no special time, by a person. */
const SHARE_BY_HAND = 0.1;
/** Of those that come late, told by the host to be so. */
const SHARE_PAST_DUE = 0.7;

/** What people and other systems do of their own accord: each happens once, at any time from now on. */
export function scheduleOutsideEvents(cluster: Cluster): void {
  const { world, oracle } = cluster;
  for (const plan of world.scenario.requests) {
    whenever(cluster, `request ${plan.messageId}`, () => {
      world.request(plan);
      oracle.asked(plan);
    });
  }
  const { sweep } = world.scenario;
  if (sweep === undefined) return;
  if (sweep.clock.offsetMs === 0) {
    whenever(cluster, 'sweep fires', () => firstFiring(cluster, sweep, dueOrByHand(cluster)));
  } else {
    // On that very moment, and so before anything else.
    const isLate = sweep.clock.offsetMs > 0 && world.choices.chance(SHARE_PAST_DUE);
    firstFiring(cluster, sweep, isLate ? 'past due' : 'due');
  }
  for (let fired = 1; fired < sweep.fires; fired += 1) {
    whenever(cluster, 'sweep fires again', () => {
      world.met.add('sweep fired again');
      cluster.sweep(dueOrByHand(cluster));
    });
  }
}

function dueOrByHand({ world }: Cluster): SweepRun {
  return world.choices.chance(SHARE_BY_HAND) ? 'by hand' : 'due';
}

function firstFiring(cluster: Cluster, plan: SweepPlan, why: SweepRun): void {
  const { world } = cluster;
  const kind = clockKinds[plan.clock.kind];
  if (kind !== undefined) world.met.add(kind);
  cluster.sweep(why);
  if (plan.emptiedMeanwhile) {
    whenever(cluster, 'empty the rules of the sweep', () => {
      world.sweepIsEmptied = true;
      world.met.add('rules emptied after the sweep');
    });
  }
  for (const shield of plan.protectedMeanwhile) {
    whenever(cluster, `protect customer ${shield.customer}`, () => {
      world.shields = [...world.shields, shield];
      world.met.add('protected after the sweep');
    });
  }
}
