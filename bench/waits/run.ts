import { billedMs } from '../../scripts/cost/held.ts';
import { sum } from '../report/statistics.ts';

/** How one way to tear a customer down went. */
export interface Run {
  /** Undefined where the customer was not deleted. */
  readonly overshootMs: number | undefined;
  readonly requests: number;
  readonly executions: number;
  /** How long an instance was at work. */
  readonly heldMs: number;
  /** What of it Flex Consumption bills, each execution alone on its instance. */
  readonly billedMs: number;
}

/** @param executionsMs how long each execution ran */
export function runOf(
  executionsMs: readonly number[],
  requests: number,
  overshootMs: number | undefined,
): Run {
  return {
    overshootMs,
    requests,
    executions: executionsMs.length,
    heldMs: sum(executionsMs),
    billedMs: sum(executionsMs.map(billedMs)),
  };
}
