import type { LeftOut, SweepRefusal } from './plan-sweep.ts';

export interface SweepEvent {
  /** The same for a sweep that fires twice. */
  readonly id: string;
  readonly kind: 'announced' | 'completed' | 'refused';
  readonly reason: SweepRefusal | 'grace-period' | 'requested';
  readonly explanation: string;
  readonly customers: readonly SweepCustomer[];
  /** Those that the rules would take in, and why they were left out. */
  readonly notRequested: readonly (SweepCustomer & Pick<LeftOut, 'reason' | 'why'>)[];
  /** When the first request is due, in milliseconds since the epoch. */
  readonly firstDueMs: number;
  readonly endedMs: number;
}

export interface SweepCustomer {
  readonly customerTenantId: string;
  readonly domain?: string;
}
