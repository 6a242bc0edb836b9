import { changesOf } from './changes.ts';
import { Choices, type Source } from './choices.ts';
import type { FaultKind } from './faults.ts';
import { comesAgain } from './long-after.ts';
import { mischiefs } from './mischief.ts';
import type { Violation } from './oracle/violations.ts';
import { openDoors } from './outside.ts';
import { reviewPlans } from './review.ts';
import { type Scenario, scenario } from './scenario.ts';
import { settled } from './settled.ts';
import { Stage } from './stage.ts';
import { troublesOf } from './troubles.ts';
import { World } from './world.ts';

/** A run that takes more has gone round in circles. */
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
  /** What happened, a line for each step; empty unless asked for. */
  readonly trace: readonly string[];
}

/** Plays one scenario to its end, one effect at a time, and has the oracle judge it. */
export async function run(source: Source, traced = false): Promise<RunResult> {
  const choices = new Choices(source);
  const plan = scenario(choices);
  const stage = new Stage(new World(choices, plan));
  const { world, oracle } = stage;
  const openedMs = world.time.nowMs;
  const trace: string[] = [];
  const note: Note = (line) => {
    if (!traced || trace.length >= MAX_TRACED) return;
    const seconds = Math.round((world.time.nowMs - openedMs) / 1_000);
    trace.push(`${String(seconds).padStart(6)} s  ${line}`);
  };
  let steps = 0;
  const untilQuiet = async (): Promise<void> => {
    while (oracle.violations.length === 0 && (await step(stage, note))) {
      steps += 1;
      if (steps >= MAX_STEPS) oracle.neverEnds(steps);
    }
  };
  const forgotten = (reason: unknown): void => oracle.forgotten(reason);
  process.on('unhandledRejection', forgotten);
  try {
    await playThrough(stage, untilQuiet);
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

/** Plans are reviewed; then things go wrong, and end; and perhaps, long after, a request comes once more. */
async function playThrough(stage: Stage, untilQuiet: () => Promise<void>): Promise<void> {
  const { world, oracle } = stage;
  await reviewPlans(stage, untilQuiet);
  noteScenario(world);
  world.startMs = world.time.nowMs;
  openDoors(stage);
  await settled();
  await untilQuiet();
  if (oracle.violations.length === 0) oracle.atEnd();
  if (oracle.violations.length > 0 || !comesAgain(stage)) return;
  await untilQuiet();
  if (oracle.violations.length === 0) oracle.atEnd();
}

/** One mischief, one effect, or the time until something happens; false when nothing is left to do. */
async function step(stage: Stage, note: Note): Promise<boolean> {
  const { world } = stage;
  const { choices, effects, scenario, time } = world;
  if (stage.deliver()) await settled();
  stage.judgeWaiting();
  if (world.troubled && choices.chance(scenario.mischief)) {
    const mischief = choices.among(mischiefs);
    if (mischief(stage)) note(`! ${mischief.name}`);
    await settled();
    return true;
  }
  const [anyChange, ...changes] = changesOf(scenario.unrest);
  if (anyChange && world.troubled && choices.chance(scenario.unrest.share)) {
    const change = choices.among([anyChange, ...changes]);
    if (change(stage)) note(`! ${change.name}`);
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

function noteScenario({ scenario: { customers, settings }, reviews, met }: World): void {
  for (const kind of troublesOf(customers, settings)) met.add(kind);
  const isChanged = [...reviews.values()].some(({ changed }) => changed);
  if (isChanged) met.add('changed since its plan was reviewed');
}
