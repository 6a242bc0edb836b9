import { type Reply, refuse } from './answer.ts';
import type { Caller } from './caller.ts';
import type { Operation } from './routes.ts';
import type { SandboxSettings } from './settings.ts';

/** Calls whose article says "App+User credentials only", or names no others; all else takes both. */
const APP_AND_USER: ReadonlySet<Operation> = new Set([
  // Article get-an-organization-profile.
  'get-organization-profile',
  // Article get-partner-billing-profile.
  'get-billing-profile',
  // Articles get-partner-by-mpn-id and get-partner-network-profile.
  'get-mpn-profile',
  // Article get-support-profile.
  'get-support-profile',
  // Article request-reseller-relationship.
  'get-relationship-request',
  // Article get-a-customer-s-company-profile.
  'get-customer-company-profile',
  // Article retrieve-validation-status.
  'get-validation-status',
  // Article get-the-managed-services-for-a-customer-by-id.
  'list-managed-services',
  // Article get-indirect-resellers-of-a-customer.
  'list-relationships',
  // Article get-order-provisioning-status.
  'get-provisioning-status',
  // Article get-subscription-provisioning-status.
  'get-subscription-provisioning-status',
  // Article get-a-subscription-s-support-contact.
  'get-support-contact',
  // Article get-a-list-of-trial-conversion-offers.
  'list-conversions',
]);

/** Article get-a-collection-of-entitlements, also for the details of a reservation that it shows. */
const ENTITLEMENTS: ReadonlySet<Operation> = new Set([
  'list-entitlements',
  'get-reservation-artifact',
]);

/** The refusal is the one of article error-codes; that it is given by these calls is INFERRED. */
export function appOnlyRefusal(
  operation: Operation,
  { appOnly }: Caller,
  { refuseEntitlementsToAppOnly }: SandboxSettings,
): Reply | undefined {
  const needsUser =
    APP_AND_USER.has(operation) || (refuseEntitlementsToAppOnly && ENTITLEMENTS.has(operation));
  if (!appOnly || !needsUser) return undefined;
  return refuse(403, '900329', 'This resource does not support application-only authentication.');
}
