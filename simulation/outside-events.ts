import { atAnyTime } from './at-any-time.ts';
import type { Cluster } from './cluster.ts';
import { clockKinds } from './night-clock.ts';
import type { SweepPlan, SweepRun } from './sweep-plan.ts';

/** The share of runs by hand, where the sweep has no special time. */
const SHARE_BY_HAND = 0.1;
/** The share of late runs that the host reports as past due. */
const SHARE_PAST_DUE = 0.7;

/** Schedules what people and other systems do by themselves: each once, at any time from now on. */
export function scheduleOutsideEvents(cluster: Cluster): void {
  const { world, oracle } = cluster;
  for (const plan of world.scenario.requests) {
    atAnyTime(cluster, `request ${plan.messageId}`, () => {
      world.request(plan);
      oracle.asked(plan);
    });
  }
  const { sweep } = world.scenario;
  if (sweep === undefined) return;
  if (sweep.clock.offsetMs === 0) {
    atAnyTime(cluster, 'sweep fires', () => firstFiring(cluster, sweep, dueOrByHand(cluster)));
  } else {
    // At exactly this time, and so before anything else.
    const isLate = sweep.clock.offsetMs > 0 && world.choices.chance(SHARE_PAST_DUE);
    firstFiring(cluster, sweep, isLate ? 'past due' : 'due');
  }
  for (let fired = 1; fired < sweep.fires; fired += 1) {
    atAnyTime(cluster, 'sweep fires again', () => {
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
    atAnyTime(cluster, 'empty the rules of the sweep', () => {
      world.sweepIsEmptied = true;
      world.met.add('rules emptied after the sweep');
    });
  }
  for (const shield of plan.protectedMeanwhile) {
    atAnyTime(cluster, `protect customer ${shield.customer}`, () => {
      world.shields = [...world.shields, shield];
      world.met.add('protected after the sweep');
    });
  }
}
