import type { Execution } from '../../bench/execution.ts';
import { CUSTOMERS, PURCHASES, REQUESTS_A_MINUTE } from '../../bench/full-sandbox.ts';
import { playNight as playOnPlatform } from '../../bench/night/night.ts';
import { playSweep } from '../../bench/play-sweep.ts';
import { type Assumed, billedMs, gbSecondsOf, heldMs, USUAL } from './held.ts';
import { dollarsOf } from './price-list.ts';

/** The counts of a simulated night. */
export interface Night {
  readonly executions: readonly Execution[];
  readonly deleted: number;
  /** The time that a loop that sleeps until everything is cancelled would hold, for all customers. */
  readonly sleptMs: number;
  /** How long an instance was at work without a break, once for each such period. */
  readonly activeMs: readonly number[];
}

type Durations = Omit<Assumed, 'memoryMB'>;

/** Counts a night one message after the other, and plays it again as the platform runs it. */
export async function playNight(
  cancelTakesMs: (purchase: number) => number,
  durations: Durations = USUAL,
): Promise<Night> {
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
    activeMs: await activeMsOf(cancelTakesMs, durations),
  };
}

/** Of one instance of each function: a sweep's messages come one by one, so that the platform needs no more. */
async function activeMsOf(
  cancelTakesMs: (purchase: number) => number,
  { apiRequestMs, sendMs, ownWorkMs }: Durations,
): Promise<readonly number[]> {
  const { activeMs } = await playOnPlatform({
    ...{ cancelTakesMs, sendMs, ownWorkMs, answerMs: apiRequestMs },
    ...{ instances: 1, arrival: 'sweep', othersPerMinute: 0, seed: 1 },
    ...{ budgetPerMinute: REQUESTS_A_MINUTE, requestsPerMinute: REQUESTS_A_MINUTE },
  });
  return activeMs;
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

/** As the platform bills: executions that run at the same time on an instance once. */
export function gbSecondsOfNight({ executions, activeMs }: Night, assumed: Assumed): number {
  const sweeps = executions.filter(({ function: name }) => name === 'nightlySweep');
  const periodsMs = [...activeMs, ...sweeps.map((each) => heldMs(each, assumed))];
  return sum(periodsMs.map((ms) => gbSecondsOf(billedMs(ms), assumed)));
}

/** As if each execution were alone on its instance: the most that it can be. */
export function gbSecondsAlone({ executions }: Night, assumed: Assumed): number {
  return sum(executions.map((each) => gbSecondsOf(billedMs(heldMs(each, assumed)), assumed)));
}

export function heldMsOfNight({ executions }: Night, assumed: Assumed): number {
  return sum(executions.map((each) => heldMs(each, assumed)));
}

export function computeDollars({ executions }: Night, gbSeconds: number): number {
  return (
    dollarsOf('functionsGbSecond', gbSeconds) + dollarsOf('functionsExecution', executions.length)
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((sofar, value) => sofar + value, 0);
}
