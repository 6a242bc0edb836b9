import type { Choices } from './choices.ts';

/** What somebody may change while the app is at work, and what strangers may do to its checks. */
export interface Unrest {
  readonly mode: boolean;
  readonly protections: boolean;
  readonly credentials: boolean;
  readonly forgeries: boolean;
  readonly removals: boolean;
  /** How often one of these happens while it may, as a share of all steps. */
  readonly share: number;
}

/** Each alone, and any of them together. */
export function unrest(choices: Choices): Unrest {
  return {
    mode: choices.chance(0.2),
    protections: choices.chance(0.25),
    credentials: choices.chance(0.15),
    forgeries: choices.chance(0.33),
    removals: choices.chance(0.24),
    share: choices.between(2, 6) * 0.02,
  };
}
