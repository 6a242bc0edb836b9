import { clockKinds } from './night-clock.ts';
import type { Stage } from './stage.ts';
import type { SweepPlan, SweepRun } from './sweep-plan.ts';
import { occurrenceOf } from './timer.ts';

/** Of the runs of the sweep at no special time, by a person. */
const SHARE_BY_HAND = 0.1;
/** Of those that come late, told by the host to be so. */
const SHARE_PAST_DUE = 0.7;

const OUTSIDE = -1;

/** What people and other systems do of their own accord: each happens once, at any time from now on. */
export function openDoors(stage: Stage): void {
  const { world, oracle } = stage;
  for (const plan of world.scenario.requests) {
    whenever(stage, `request ${plan.messageId}`, () => {
      world.request(plan);
      oracle.asked(plan);
    });
  }
  const { sweep } = world.scenario;
  if (sweep === undefined) return;
  if (sweep.clock.offsetMs === 0) {
    whenever(stage, 'sweep fires', () => firstFiring(stage, sweep, dueOrByHand(stage)));
  } else {
    // On that very moment, and so before anything else.
    const isLate = sweep.clock.offsetMs > 0 && world.choices.chance(SHARE_PAST_DUE);
    firstFiring(stage, sweep, isLate ? 'past due' : 'due');
  }
  for (let fired = 1; fired < sweep.fires; fired += 1) {
    whenever(stage, 'sweep fires again', () => {
      world.met.add('sweep fired again');
      stage.sweep(dueOrByHand(stage));
    });
  }
}

function whenever({ world }: Stage, name: string, act: () => void): void {
  void world.effects.pass({ instance: OUTSIDE, name }, act);
}

function dueOrByHand({ world }: Stage): SweepRun {
  return world.choices.chance(SHARE_BY_HAND) ? 'by hand' : 'due';
}

function firstFiring(stage: Stage, plan: SweepPlan, why: SweepRun): void {
  const { world } = stage;
  const kind = clockKinds[plan.clock.kind];
  if (kind !== undefined) world.met.add(kind);
  stage.sweep(why);
  if (plan.emptiedMeanwhile) {
    whenever(stage, 'empty the rules of the sweep', () => {
      world.sweepIsEmptied = true;
      world.met.add('rules emptied after the sweep');
    });
  }
  for (const shield of plan.protectedMeanwhile) {
    whenever(stage, `protect customer ${shield.customer}`, () => {
      world.shields = [...world.shields, shield];
      world.met.add('protected after the sweep');
    });
  }
}

/** The instance died in it, so the host finds it past due; or its time is still to come. */
export function sweepFiresAnew(stage: Stage): void {
  const { nowMs } = stage.world.time;
  const why = nowMs < occurrenceOf(nowMs) ? 'due' : 'past due';
  whenever(stage, `sweep fires, ${why}`, () => stage.sweep(why));
}
