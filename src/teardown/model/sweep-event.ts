import type { Customer } from './purchases.ts';
import type { SWEEP_REASONS, SweepRefusedReason } from './reasons.ts';

export interface SweepEvent {
  /** The same for a sweep that runs twice. */
  readonly id: string;
  readonly kind: 'announced' | 'completed' | 'refused';
  readonly reason: SweepRefusedReason | keyof typeof SWEEP_REASONS;
  readonly explanation: string;
  /** What a person does next, where the sweep refused. */
  readonly nextStep?: string;
  readonly customers: readonly SweepCustomer[];
  /** The customers that the rules would include, and why they were left out. */
  readonly notRequested: readonly (SweepCustomer & Pick<LeftOut, 'reason' | 'why'>)[];
  /** When the first request is due, in milliseconds since the epoch. */
  readonly firstDueMs: number;
  readonly endedMs: number;
}

export interface SweepCustomer {
  readonly customerTenantId: string;
  readonly domain?: string;
}

/** A customer that the rules include, or would include but for this reason. */
export interface LeftOut {
  readonly customer: Customer;
  readonly reason: 'protected' | 'domain-unknown' | 'id-no-guid';
  readonly why: string;
}
