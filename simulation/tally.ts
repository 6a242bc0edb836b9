import { type FaultKind, faultKinds } from './faults.ts';
import type { Violation } from './oracle/violations.ts';
import type { RunResult } from './run.ts';

/** A seed that broke an invariant. */
export interface Failure {
  readonly seed: number;
  readonly violation: Violation;
}

/** Sums over many runs; plain data, so that a worker thread can hand it over. */
export interface Tally {
  seeds: number;
  steps: number;
  simulatedMs: number;
  /** How many seeds had each kind of fault. */
  readonly met: Record<FaultKind, number>;
  readonly failures: Failure[];
}

export function emptyTally(): Tally {
  const none = Object.fromEntries(faultKinds.map((kind) => [kind, 0]));
  return { seeds: 0, steps: 0, simulatedMs: 0, met: none as Tally['met'], failures: [] };
}

export function addRun(tally: Tally, seed: number, result: RunResult): void {
  tally.seeds += 1;
  tally.steps += result.steps;
  tally.simulatedMs += result.simulatedMs;
  for (const kind of result.met) tally.met[kind] += 1;
  const [violation] = result.violations;
  if (violation !== undefined) tally.failures.push({ seed, violation });
}

export function addTally(total: Tally, part: Tally): void {
  total.seeds += part.seeds;
  total.steps += part.steps;
  total.simulatedMs += part.simulatedMs;
  for (const kind of faultKinds) total.met[kind] += part.met[kind];
  total.failures.push(...part.failures);
}
