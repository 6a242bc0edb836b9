import type { SandboxSettings } from 'partner-center-sandbox/core';

/** How the sandbox is set, and how long ago the customer was seeded. */
export interface Age {
  readonly settings: SandboxSettings;
  readonly sinceMs: number;
}

/** How a purchase can end in a teardown that may write. */
export interface Fate {
  /** The outcomes that the purchase can cause by itself. */
  readonly outcomes: readonly string[];
  /** Whether the purchase can stop blocking the deletion. */
  readonly mayEnd: boolean;
  /** The lists tell of `outcomes` in advance, so a dry run does as well. */
  readonly foreseen?: true;
}

export const fine: Fate = { outcomes: [], mayEnd: true };
export const stuck = (...outcomes: readonly string[]): Fate => ({ outcomes, mayEnd: false });
export const maybe = (...outcomes: readonly string[]): Fate => ({ outcomes, mayEnd: true });
export const foretold = (end: string): Fate => ({ outcomes: [end], mayEnd: false, foreseen: true });
