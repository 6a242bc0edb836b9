import type { Operation } from '../model/partner-center-error.ts';
import { type Advice, adviceFor, type ParkReason } from '../model/reasons.ts';
import type { ErrorAction, Park, Requeue } from './error-action.ts';

/** The parts of the error table's rows. */

export const READS_OF_A_CUSTOMER: readonly Operation[] = [
  'get-customer',
  'list-entitlements',
  'list-orders',
  'list-subscriptions',
  'list-azure-entitlements',
];

export const READS_OF_AN_ACCOUNT: readonly Operation[] = [
  'get-organization-profile',
  'list-customers',
];

/** All writes except the deletion. */
export const RELEASING_CALLS: readonly Operation[] = [
  'cancel-order',
  'end-subscription',
  'turn-off-auto-renew',
  'activate-subscription',
  'cancel-azure-entitlement',
];

export const requeue: Requeue = { kind: 'requeue' };
export const customerGone: ErrorAction = { kind: 'customer-gone' };

export function advice(reason: ParkReason, nextStep = adviceFor(reason).nextStep): Advice {
  return { reason, nextStep };
}

export function park(reason: ParkReason, nextStep?: string): Park {
  return { kind: 'park', ...advice(reason, nextStep) };
}
