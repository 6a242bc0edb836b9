import type { CustomerSpec, Fault } from 'partner-center-sandbox/core';

export type OutcomeKind = 'deleted' | 'planned' | 'skipped' | 'parked' | 'rejected';

/** The state of a customer in the simulated sandbox when the demo ends. */
export type WorldAfter =
  /** It is gone. */
  | 'gone'
  /** It is there, and no write has reached it. */
  | 'untouched'
  /** It is there, possibly after writes. */
  | 'still there'
  /** It never existed. */
  | 'nothing';

/** One customer's story: its purchases, faults and request, with the expected outcome. */
export interface Scenario {
  /** One word or two: the customer's name in the table. */
  readonly name: string;
  /** What the story shows. */
  readonly shows: string;
  /** Absent: the request names a customer that does not exist. */
  readonly customer?: CustomerSpec;
  readonly faults?: readonly Fault[];
  /** Fields of the request besides `customerTenantId`. */
  readonly request?: Readonly<Record<string, unknown>>;
  /** A malformed body instead of a request. */
  readonly body?: unknown;
  /** How often the same message is sent. */
  readonly times?: number;
  /** Protected by the app's settings. */
  readonly protectedBy?: string;
  readonly expected: {
    readonly kind: OutcomeKind;
    /** Absent: any reason is right. */
    readonly reason?: string;
    readonly world: WorldAfter;
    /** The least number of checks, which proves that it waited. */
    readonly minChecks?: number;
  };
}
