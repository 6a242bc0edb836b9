import { changesOf } from './changes.ts';
import { Choices, type Source } from './choices.ts';
import { Cluster } from './cluster.ts';
import { faultInjections } from './fault-injection.ts';
import type { FaultKind } from './faults.ts';
import { comesAgain } from './long-after.ts';
import { faultsOf } from './observed-faults.ts';
import type { Violation } from './oracle/violations.ts';
import { scheduleOutsideEvents } from './outside-events.ts';
import { reviewPlans } from './review.ts';
import { type Scenario, scenario } from './scenario.ts';
import { settled } from './settled.ts';
import { World } from './world.ts';

/** A run that takes more steps is in a loop. */
const MAX_STEPS = 5_000;
const MAX_TRACED = 2_000;

type Note = (line: string) => void;

export interface RunResult {
  readonly violations: readonly Violation[];
  readonly met: ReadonlySet<FaultKind>;
  readonly steps: number;
  readonly simulatedMs: number;
  /** Every choice, so that the run can be played again. */
  readonly choices: readonly number[];
  readonly scenario: Scenario;
  /** One line for each step; empty unless the run is traced. */
  readonly trace: readonly string[];
}

/** Runs one scenario to its end, one effect at a time, and has the oracle judge it. */
export async function run(source: Source, traced = false): Promise<RunResult> {
  const choices = new Choices(source);
  const plan = scenario(choices);
  const cluster = new Cluster(new World(choices, plan));
  const { world, oracle } = cluster;
  const openedMs = world.time.nowMs;
  const trace: string[] = [];
  const note: Note = (line) => {
    if (!traced || trace.length >= MAX_TRACED) return;
    const seconds = Math.round((world.time.nowMs - openedMs) / 1_000);
    trace.push(`${String(seconds).padStart(6)} s  ${line}`);
  };
  let steps = 0;
  const untilQuiet = async (): Promise<void> => {
    while (oracle.violations.length === 0 && (await step(cluster, note))) {
      steps += 1;
      if (steps >= MAX_STEPS) oracle.neverEnds(steps);
    }
  };
  const forgotten = (reason: unknown): void => oracle.forgotten(reason);
  process.on('unhandledRejection', forgotten);
  try {
    await playThrough(cluster, untilQuiet);
  } finally {
    process.off('unhandledRejection', forgotten);
  }
  return {
    violations: oracle.violations,
    met: world.met,
    steps,
    simulatedMs: world.time.nowMs - openedMs,
    choices: choices.made,
    scenario: plan,
    trace,
  };
}

/** Plans are reviewed; then the faults begin, and end; long after, a request may come once more. */
async function playThrough(cluster: Cluster, untilQuiet: () => Promise<void>): Promise<void> {
  const { world, oracle } = cluster;
  await reviewPlans(cluster, untilQuiet);
  noteScenario(world);
  world.startMs = world.time.nowMs;
  scheduleOutsideEvents(cluster);
  await settled();
  await untilQuiet();
  if (oracle.violations.length === 0) oracle.atEnd();
  if (oracle.violations.length > 0 || !comesAgain(cluster)) return;
  await untilQuiet();
  if (oracle.violations.length === 0) oracle.atEnd();
}

/** One fault, one effect, or the time until the next event; false when nothing is left to do. */
async function step(cluster: Cluster, note: Note): Promise<boolean> {
  const { world } = cluster;
  const { choices, effects, scenario, time } = world;
  if (cluster.deliver()) await settled();
  cluster.checkWaiting();
  if (world.troubled && choices.chance(scenario.faultInjection)) {
    const faultInjection = choices.among(faultInjections);
    if (faultInjection(cluster)) note(`! ${faultInjection.name}`);
    await settled();
    return true;
  }
  const [anyChange, ...changes] = changesOf(scenario.outsideChanges);
  if (anyChange && world.troubled && choices.chance(scenario.outsideChanges.share)) {
    const change = choices.among([anyChange, ...changes]);
    if (change(cluster)) note(`! ${change.name}`);
    await settled();
    return true;
  }
  const [first, ...rest] = effects.waiting;
  if (first === undefined) {
    const dueMs = cluster.nextDueMs();
    if (dueMs === Infinity) return false;
    time.advanceTo(dueMs);
    return true;
  }
  const effect = choices.among([first, ...rest]);
  note(`${effect.instance < 0 ? 'outside' : `instance ${effect.instance}`}: ${effect.name}`);
  effects.run(effect, true);
  await settled();
  return true;
}

function noteScenario({ scenario: { customers, settings }, reviews, met }: World): void {
  for (const kind of faultsOf(customers, settings)) met.add(kind);
  const isChanged = [...reviews.values()].some(({ changed }) => changed);
  if (isChanged) met.add('changed since its plan was reviewed');
}
