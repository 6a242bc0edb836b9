import type { CustomerSpec, Fault } from 'partner-center-sandbox/core';

export type OutcomeKind = 'deleted' | 'planned' | 'skipped' | 'parked' | 'rejected';

/** What the simulated sandbox must hold of a customer when the demo ends. */
export type WorldAfter =
  /** It is gone. */
  | 'gone'
  /** It is there, and not one writing call has touched it. */
  | 'untouched'
  /** It is there, whatever was tried. */
  | 'still there'
  /** It never was there. */
  | 'nothing';

/** One customer's story: what it has, what goes wrong, what is asked, and how it must end. */
export interface Scenario {
  /** One word or two: the customer's name in the table. */
  readonly name: string;
  /** What it shows, for people. */
  readonly shows: string;
  /** Absent: the request names a customer that does not exist. */
  readonly customer?: CustomerSpec;
  readonly faults?: readonly Fault[];
  /** Fields of the request besides `customerTenantId`. */
  readonly request?: Readonly<Record<string, unknown>>;
  /** In place of a request: something malformed. */
  readonly body?: unknown;
  /** How often the same message is dropped on the queue. */
  readonly times?: number;
  /** Protected by the app's settings. */
  readonly protectedBy?: string;
  readonly expected: {
    readonly kind: OutcomeKind;
    /** Absent: any reason will do. */
    readonly reason?: string;
    readonly world: WorldAfter;
    /** The least number of checks, which proves that it waited. */
    readonly minChecks?: number;
  };
}
