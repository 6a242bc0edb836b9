import { visible } from '../../shared/visible-text.ts';
import type { ErrorResponse } from './partner-center-error.ts';
import {
  type DELETED_REASONS,
  type ParkReason,
  type PLANNED_REASONS,
  type RejectReason,
  SKIPPED_REASONS,
  type SkipReason,
} from './reasons.ts';

interface BaseOutcome {
  /** What happened, in full sentences. */
  readonly explanation: string;
}

interface AdvisedOutcome extends BaseOutcome {
  /** What a person does next. */
  readonly nextStep: string;
}

export interface Deleted extends BaseOutcome {
  readonly kind: 'deleted';
  readonly reason: keyof typeof DELETED_REASONS;
}

export interface Planned extends BaseOutcome {
  readonly kind: 'planned';
  readonly reason: keyof typeof PLANNED_REASONS;
  /** Every write that it would have made, in order. */
  readonly calls: readonly string[];
  /** Pass it as `ifUnchanged` to allow exactly this plan. */
  readonly fingerprint: string;
}

export interface Skipped extends AdvisedOutcome {
  readonly kind: 'skipped';
  readonly reason: SkipReason;
}

export interface Parked extends AdvisedOutcome {
  readonly kind: 'parked';
  readonly reason: ParkReason;
  readonly orderIds?: readonly string[];
  /** What still blocks the deletion, in words. */
  readonly blockers?: readonly string[];
  /** The answer that ended it, without secrets. */
  readonly answer?: ErrorResponse;
}

export interface Rejected extends AdvisedOutcome {
  readonly kind: 'rejected';
  readonly reason: RejectReason;
  /** The teardown whose check this message may have displaced; a hash if its id is long. */
  readonly possiblyDisplaced?: string;
  /** The beginning of the message, without secrets. */
  readonly received?: string;
}

/** The one final event of a teardown. */
export type Outcome = Deleted | Planned | Skipped | Parked | Rejected;

/** The outcome as it is told: its explanation quotes texts from outside, and shows what is invisible in them. */
export function legible<T extends Outcome>(outcome: T): T {
  return { ...outcome, explanation: visible(outcome.explanation) };
}

/** The outcome of a guard that rejects; without advice of its own, it has the usual one for the reason. */
export function skipped(
  reason: SkipReason,
  explanation: string,
  { nextStep }: { readonly nextStep: string } = SKIPPED_REASONS[reason],
): Skipped {
  return { kind: 'skipped', reason, explanation, nextStep };
}
