import { atAnyTime } from './at-any-time.ts';
import type { SweepRun } from './sweep-plan.ts';
import { occurrenceOf } from './timer.ts';
import type { World } from './world.ts';

interface Sweeping {
  readonly world: World;
  sweep(why: SweepRun): void;
}

/** The sweep fires again because its instance died: past due, or at its time if that is still to come. */
export function sweepFiresAnew(cluster: Sweeping): void {
  const { nowMs } = cluster.world.time;
  const why = nowMs < occurrenceOf(nowMs) ? 'due' : 'past due';
  atAnyTime(cluster, `sweep fires, ${why}`, () => cluster.sweep(why));
}
