import { Choices, type Source } from './choices.ts';
import type { FaultKind } from './faults.ts';
import { mischiefs } from './mischief.ts';
import type { Violation } from './oracle/violations.ts';
import { reviewedFingerprint } from './review.ts';
import { type Scenario, scenario } from './scenario.ts';
import { settled } from './settled.ts';
import { Stage } from './stage.ts';
import { World } from './world.ts';

/** A run that takes more has gone round in circles. */
const MOST_STEPS = 5_000;
const MOST_TRACED = 2_000;

type Note = (line: string) => void;

export interface RunResult {
  readonly violations: readonly Violation[];
  readonly met: ReadonlySet<FaultKind>;
  readonly steps: number;
  readonly simulatedMs: number;
  /** Every choice, so that the run can be played again. */
  readonly choices: readonly number[];
  readonly scenario: Scenario;
  /** What happened, a line for each step; empty unless asked for. */
  readonly trace: readonly string[];
}

/** Plays one scenario to its end, one effect at a time, and has the oracle judge it. */
export async function run(source: Source, traced = false): Promise<RunResult> {
  const choices = new Choices(source);
  const plan = scenario(choices);
  const stage = new Stage(new World(choices, plan));
  const { world, oracle } = stage;
  const trace: string[] = [];
  const note: Note = (line) => {
    if (!traced || trace.length >= MOST_TRACED) return;
    const seconds = Math.round((world.time.nowMs - world.startMs) / 1_000);
    trace.push(`${String(seconds).padStart(6)} s  ${line}`);
  };
  noteScenario(world);
  for (const { customer, ifUnchanged } of plan.requests) {
    if (customer === undefined || ifUnchanged !== 'right') continue;
    world.reviewed.set(
      customer,
      await reviewedFingerprint(world, world.customerIds[customer] ?? ''),
    );
  }
  let steps = 0;
  const forgotten = (reason: unknown): void => oracle.forgotten(reason);
  process.on('unhandledRejection', forgotten);
  try {
    while (oracle.violations.length === 0 && (await step(stage, note))) {
      steps += 1;
      if (steps >= MOST_STEPS) oracle.neverEnds(steps);
    }
  } finally {
    process.off('unhandledRejection', forgotten);
  }
  if (oracle.violations.length === 0) oracle.atEnd();
  return {
    violations: oracle.violations,
    met: world.met,
    steps,
    simulatedMs: world.time.nowMs - world.startMs,
    choices: choices.made,
    scenario: plan,
    trace,
  };
}

/** One mischief, one effect, or the time until something happens; false when nothing is left to do. */
async function step(stage: Stage, note: Note): Promise<boolean> {
  const { world } = stage;
  const { choices, effects, scenario, time } = world;
  stage.deliver();
  await settled();
  stage.judgeWaiting();
  if (world.troubled && choices.chance(scenario.mischief)) {
    const mischief = choices.among(mischiefs);
    if (mischief(stage)) note(`! ${mischief.name}`);
    await settled();
    return true;
  }
  const [first, ...rest] = effects.waiting;
  if (first === undefined) {
    const dueMs = stage.nextDueMs();
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

function noteScenario({ scenario: { customers }, met }: World): void {
  const purchases = customers.flatMap((customer) => customer.purchases ?? []);
  if (purchases.some(({ visibleAfterMs }) => visibleAfterMs)) met.add('listed late');
  if (purchases.some(({ neverCancels }) => neverCancels)) met.add('never cancels');
}
