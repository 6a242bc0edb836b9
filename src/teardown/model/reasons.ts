import { PARKED_REASONS } from './parked-reasons.ts';
import type { Reason, Reasons, ReasonWithNextStep } from './reason.ts';

// Every reason in an event, by the kind of event that carries it. `npm run logs` writes the docs from these.

export const DELETED_REASONS = {
  released: { meaning: 'everything was released' },
  'already-gone': { meaning: 'someone else deleted it, or an earlier call did' },
} as const satisfies Reasons<Reason>;

export const PLANNED_REASONS = {
  'dry-run': { meaning: 'only a plan was asked for or allowed' },
} as const satisfies Reasons<Reason>;

/** A guard rejected the teardown. */
export const SKIPPED_REASONS = {
  'switched-off': {
    meaning: 'TEARDOWN_MODE is off',
    nextStep: 'Set TEARDOWN_MODE to "dry-run" or "enforce", then request the teardown again.',
  },
  protected: {
    meaning: 'a protection names the customer',
    nextStep:
      'Leave the customer alone. If no one needs it any more, ask the owner of the protection, remove it from PROTECTED_CUSTOMERS, then request the teardown again.',
  },
  'no-longer-included': {
    meaning: 'the rules of the sweep that requested it no longer include it',
    nextStep:
      'If the rules were changed on purpose, there is nothing to do. Otherwise correct SWEEP_INCLUDE or SWEEP_MAX_CUSTOMERS; the next sweep requests the customer again.',
  },
  'unexpected-domain': {
    meaning: 'the domain is not expectedDomain',
    nextStep:
      'Check that customerTenantId and expectedDomain name the same customer, then send the corrected request under a new MessageId.',
  },
  'not-idle': {
    meaning: 'something was bought within minIdle, whatever list shows it',
    nextStep:
      'Someone may still work with the customer: request the teardown again later, or with a shorter minIdle.',
  },
  changed: {
    meaning: 'the customer is not as in the plan of ifUnchanged',
    nextStep:
      'Request a new plan with "dryRun": true, review it, then request the teardown with its fingerprint.',
  },
} as const satisfies Reasons<ReasonWithNextStep>;

export const REJECTED_REASONS = {
  'malformed-message': {
    meaning: 'the message cannot be read',
    nextStep: 'Correct the message and send it again under a new MessageId.',
  },
  'foreign-check': {
    meaning: 'a message on teardown-checks that this app did not send',
    nextStep: 'Check who else may send to teardown-checks, and revoke that permission.',
  },
  'newer-check': {
    meaning:
      'a check of a newer version of this app, or a message that claims to be one; it is scheduled again until the deadline',
    nextStep:
      'If this app was put back to an earlier version, deploy the newer one again. Otherwise check who else may send to teardown-checks, and revoke that permission.',
  },
  'unknown-customer': {
    meaning: 'the sandbox has no such customer',
    nextStep: 'Check the customer tenant id; if it was deleted already, there is nothing to do.',
  },
} as const satisfies Reasons<ReasonWithNextStep>;

/** Why a sweep requested nothing; some of these also end a teardown. */
export const SWEEP_REFUSED_REASONS = {
  'switched-off': {
    ...SKIPPED_REASONS['switched-off'],
    nextStep: 'Set TEARDOWN_MODE to "dry-run" or "enforce" if the sweep should run.',
  },
  'no-rules': {
    meaning: 'SWEEP_INCLUDE is empty',
    nextStep: 'Set SWEEP_INCLUDE if there should be a sweep.',
  },
  'past-due': {
    meaning: 'the sweep runs too late after its due time',
    nextStep: 'Run nightlySweep by hand if it should not wait for its next due time.',
  },
  'not-a-sandbox': {
    ...PARKED_REASONS['not-a-sandbox'],
    nextStep:
      'Set TEARDOWN_MODE to "off", correct SANDBOX_TENANT_ID, SANDBOX_DOMAIN or the credentials, then begin with "dry-run".',
  },
  'no-answer': {
    meaning: 'Partner Center did not answer',
    nextStep:
      'Check the credentials and the status of Partner Center, then run nightlySweep by hand or wait for the next sweep.',
  },
  'enough-slots-free': {
    meaning: 'enough of the 75 slots are free',
    nextStep:
      'There is nothing to do: a sweep requests again when fewer than SWEEP_BELOW_FREE_SLOTS slots are free.',
  },
  'too-many-matches': {
    meaning: 'more customers match than SWEEP_MAX_CUSTOMERS',
    nextStep:
      'Narrow SWEEP_INCLUDE if it matches too many customers, or raise SWEEP_MAX_CUSTOMERS.',
  },
} as const satisfies Reasons<ReasonWithNextStep>;

/** Why a sweep announces, and how it completes. */
export const SWEEP_REASONS = {
  'grace-period': { meaning: 'the requests follow after the grace period' },
  requested: { meaning: 'the requests are scheduled' },
} as const satisfies Reasons<Reason>;

export type ParkReason = keyof typeof PARKED_REASONS;
export type SkipReason = keyof typeof SKIPPED_REASONS;
export type RejectReason = keyof typeof REJECTED_REASONS;
export type SweepRefusedReason = keyof typeof SWEEP_REFUSED_REASONS;

/** Advice for a person: why the teardown ended, and what to do. */
export interface Advice {
  readonly reason: ParkReason;
  readonly nextStep: string;
}

/** The usual advice for a reason. */
export function adviceFor(reason: ParkReason): Advice {
  return { reason, nextStep: PARKED_REASONS[reason].nextStep };
}

/** Each reason with its meaning, for the log. */
export const REASONS = meaningsOf({
  ...DELETED_REASONS,
  ...PLANNED_REASONS,
  ...SKIPPED_REASONS,
  ...REJECTED_REASONS,
  ...SWEEP_REFUSED_REASONS,
  ...SWEEP_REASONS,
  ...PARKED_REASONS,
});

function meaningsOf<K extends string>(
  reasons: Readonly<Record<K, Reason>>,
): Readonly<Record<K, string>> {
  const entries = Object.entries<Reason>(reasons);
  return Object.fromEntries(entries.map(([reason, { meaning }]) => [reason, meaning])) as Record<
    K,
    string
  >;
}
