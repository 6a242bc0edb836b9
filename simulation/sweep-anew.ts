import type { SweepRun } from './sweep-plan.ts';
import { occurrenceOf } from './timer.ts';
import { whenever } from './whenever.ts';
import type { World } from './world.ts';

interface Sweeping {
  readonly world: World;
  sweep(why: SweepRun): void;
}

/** The instance died in it, so the host finds it past due; or its time is still to come. */
export function sweepFiresAnew(cluster: Sweeping): void {
  const { nowMs } = cluster.world.time;
  const why = nowMs < occurrenceOf(nowMs) ? 'due' : 'past due';
  whenever(cluster, `sweep fires, ${why}`, () => cluster.sweep(why));
}
