import type { Execution } from '../../bench/execution.ts';
import { CUSTOMERS, PURCHASES } from '../../bench/full-sandbox.ts';
import { playSweep } from '../../bench/play-sweep.ts';
import { type Assumed, billedMs, gbSecondsOf, heldMs } from './held.ts';
import { dollarsOf } from './price-list.ts';

/** The counts of a simulated night. */
export interface Night {
  readonly executions: readonly Execution[];
  readonly deleted: number;
  /** The time that a loop that sleeps until everything is cancelled would hold, for all customers. */
  readonly sleptMs: number;
}

export async function playNight(cancelTakesMs: (purchase: number) => number): Promise<Night> {
  const { executions, sandbox } = await playSweep(cancelTakesMs);
  const waits = Array.from({ length: CUSTOMERS }, (_, customer) =>
    Math.max(
      ...PURCHASES.map((_kind, place) => cancelTakesMs(customer * PURCHASES.length + place)),
    ),
  );
  return {
    executions,
    deleted: sandbox.state().deletedCustomers.length,
    sleptMs: sum(waits),
  };
}

export function total(
  { executions }: Pick<Night, 'executions'>,
  what: Exclude<keyof Execution, 'function'>,
): number {
  return sum(executions.map((each) => each[what]));
}

/** Received, completed, sent; and each outcome received and completed by two subscribers. */
export function operationsOf(night: Night): number {
  const triggered = night.executions.filter(({ function: name }) => name !== 'nightlySweep').length;
  return 2 * triggered + total(night, 'messagesSent') + 2 * 2 * night.deleted;
}

export function gbSecondsOfNight({ executions }: Night, assumed: Assumed): number {
  return sum(executions.map((each) => gbSecondsOf(billedMs(heldMs(each, assumed)), assumed)));
}

export function heldMsOfNight({ executions }: Night, assumed: Assumed): number {
  return sum(executions.map((each) => heldMs(each, assumed)));
}

export function computeDollars(night: Night, assumed: Assumed): number {
  return (
    dollarsOf('functionsGbSecond', gbSecondsOfNight(night, assumed)) +
    dollarsOf('functionsExecution', night.executions.length)
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((sofar, value) => sofar + value, 0);
}
