import type { SandboxSettings } from 'partner-center-sandbox/core';

/** How the sandbox is set, and how long ago the customer was seeded. */
export interface Age {
  readonly settings: SandboxSettings;
  readonly sinceMs: number;
}

/** What can become of a purchase in a teardown that may write. */
export interface Fate {
  /** The ends that it can bring about by itself. */
  readonly ends: readonly string[];
  /** Whether it can come to where it blocks no more. */
  readonly mayEnd: boolean;
  /** The lists tell of `ends` in advance, so a dry run does as well. */
  readonly foreseen?: true;
}

export const fine: Fate = { ends: [], mayEnd: true };
export const stuck = (...ends: readonly string[]): Fate => ({ ends, mayEnd: false });
export const maybe = (...ends: readonly string[]): Fate => ({ ends, mayEnd: true });
export const foretold = (end: string): Fate => ({ ends: [end], mayEnd: false, foreseen: true });
