import { type Reply, refuse } from './answer.ts';
import type { Caller } from './caller.ts';
import type { Customer } from './model.ts';
import type { Operation } from './routes.ts';
import type { SandboxSettings } from './settings.ts';

const WRITES: ReadonlySet<Operation> = new Set([
  'delete-customer',
  'patch-order',
  'patch-subscription',
  'cancel-azure-entitlement',
]);

/**
 * What the caller may not do, in the codes of article error-codes. Which roles may what is documented for few calls; that
 * a helpdesk agent reads and does not write is INFERRED, and so is 900308 as the same for an application by itself.
 */
export function forbidden(
  operation: Operation,
  caller: Caller,
  { role, conditionalAccess }: SandboxSettings,
): Reply | undefined {
  if (role === 'none') return refuse(403, '2032', 'Access denied.');
  if (conditionalAccess && !caller.appOnly && caller.mfa !== true) {
    return refuse(403, '900309', 'Access is blocked by Conditional Access policies.');
  }
  if (role === 'admin-agent' || !WRITES.has(operation)) return undefined;
  return caller.appOnly
    ? refuse(403, '900308', 'Insufficient privileges to complete the operation.')
    : refuse(403, '900150', 'Your role does not have the rights to perform this operation.');
}

/** Code 900416 is only named; that a locked account can still be read is INFERRED. */
export function lockedOut(operation: Operation, { locked }: Customer): Reply | undefined {
  return locked && WRITES.has(operation)
    ? refuse(403, '900416', 'The customer account is locked.')
    : undefined;
}
