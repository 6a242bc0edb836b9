import type { Execution } from '../../bench/execution.ts';

/** Assumed durations, which cannot be measured without an Azure account. */
export interface Assumed {
  /** One request to Partner Center, until its answer. */
  readonly apiRequestMs: number;
  /** One message to Service Bus, until it is acknowledged. */
  readonly sendMs: number;
  /** The rest of an execution. */
  readonly ownWorkMs: number;
  /** Memory of an instance. */
  readonly memoryMB: number;
}

/** What is assumed if nothing else is said. */
export const USUAL = { apiRequestMs: 400, sendMs: 25, ownWorkMs: 100 } as const;

/** Source: "Estimating consumption-based costs" (learn.microsoft.com), Flex Consumption: at least 1,000 ms, then steps of 100 ms. */
const MIN_BILLED_MS = 1_000;
const BILLED_STEP_MS = 100;

/** How long an execution holds its instance: it waits only for answers. */
export function heldMs(
  { apiRequests, messagesSent }: Pick<Execution, 'apiRequests' | 'messagesSent'>,
  { apiRequestMs, sendMs, ownWorkMs }: Assumed,
): number {
  return ownWorkMs + apiRequests * apiRequestMs + messagesSent * sendMs;
}

/** Of an execution that is alone on its instance, or of several that share it without a break. */
export function billedMs(held: number): number {
  return Math.max(MIN_BILLED_MS, Math.ceil(held / BILLED_STEP_MS) * BILLED_STEP_MS);
}

export function gbSecondsOf(billed: number, { memoryMB }: Assumed): number {
  return (billed / 1000) * (memoryMB / 1024);
}
