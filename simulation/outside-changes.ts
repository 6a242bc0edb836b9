import type { Choices } from './choices.ts';

/** Which changes from outside, and which attacks on the checks, may happen while the app runs. */
export interface OutsideChanges {
  readonly mode: boolean;
  readonly protections: boolean;
  readonly credentials: boolean;
  readonly forgeries: boolean;
  readonly removals: boolean;
  /** The share of steps at which one of these happens. */
  readonly share: number;
}

/** Each alone, or several together. */
export function outsideChanges(choices: Choices): OutsideChanges {
  return {
    mode: choices.chance(0.2),
    protections: choices.chance(0.25),
    credentials: choices.chance(0.15),
    forgeries: choices.chance(0.33),
    removals: choices.chance(0.24),
    share: choices.between(2, 6) * 0.02,
  };
}
