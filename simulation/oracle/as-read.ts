import type { TeardownMode } from '../../src/teardown/model/mode.ts';
import type { Shield } from '../shields.ts';
import type { World } from '../world.ts';

/** The settings as an invocation had them when it began: a change reaches those that come after it. */
export interface AsRead {
  readonly mode: TeardownMode;
  readonly shields: readonly Shield[];
  /** The sweep had no rules any more. */
  readonly sweepIsEmptied: boolean;
}

export function readNow({ mode, shields, sweepIsEmptied }: World): AsRead {
  return { mode, shields, sweepIsEmptied };
}

/** Whether one of these protections is in force, now or then, for the customer at this place. */
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
