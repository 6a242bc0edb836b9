import type { Choices } from './choices.ts';
import type { FaultKind } from './faults.ts';

/** When the nightly timer first fires, relative to its scheduled time. */
export interface NightClock {
  readonly kind: 'some time after' | 'early' | 'hours late' | 'days late' | 'at the bound';
  /** When the run begins, before or after the scheduled time. */
  readonly offsetMs: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The host's timer was once 2.4 ms early; a clock that is set back makes it up to a minute early. */
const EARLY_MS = [3, 1, 2_400, 60_000] as const;

export function nightClock(maxPastDueMs: number, choices: Choices): NightClock {
  const kind = choices.among(
    ['some time after', 'early', 'hours late', 'days late', 'at the bound'],
    0.3,
  );
  const hoursMs = choices.between(2, 23) * HOUR_MS;
  const offsets = {
    'some time after': 0,
    early: -choices.among(EARLY_MS),
    'hours late': hoursMs - HOUR_MS / 2,
    'days late': choices.between(1, 6) * DAY_MS + choices.among([0, 1, hoursMs - HOUR_MS / 2]),
    'at the bound': maxPastDueMs + choices.between(0, 1),
  };
  return { kind, offsetMs: offsets[kind] };
}

/** The kinds in the report. */
export const clockKinds: Readonly<Record<NightClock['kind'], FaultKind | undefined>> = {
  'some time after': undefined,
  early: 'sweep fired early',
  'hours late': 'sweep hours late',
  'days late': 'sweep days late',
  'at the bound': 'sweep at its last moment',
};
