import type { TeardownMode } from '../../src/teardown/model/mode.ts';
import type { Shield } from '../shields.ts';
import type { World } from '../world.ts';

/** The settings when an invocation began: a change reaches only later invocations. */
export interface AsRead {
  readonly mode: TeardownMode;
  readonly shields: readonly Shield[];
  /** The rules of the sweep had been emptied. */
  readonly sweepIsEmptied: boolean;
}

export function readNow({ mode, shields, sweepIsEmptied }: World): AsRead {
  return { mode, shields, sweepIsEmptied };
}

/** Longer than any check takes, including its wait for Service Bus. */
export const CHECK_MS = 120_000;

/** Whether one of these protections applies to the customer at this place, now or at a time given. */
export function isShielded(
  { customers, time, startMs }: World,
  shields: readonly Shield[],
  place: number,
  atMs = time.nowMs,
): boolean {
  const domain = customers[place]?.domain;
  return shields
    .filter(({ endsAfterMs = Infinity }) => atMs < startMs + endsAfterMs)
    .some(({ customer, by }) =>
      by === 'id' ? customer === place : customers[customer]?.domain === domain,
    );
}
