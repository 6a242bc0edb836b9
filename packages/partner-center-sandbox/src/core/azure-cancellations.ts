import { invalidInput, json, type Reply, refuse, type WriteReply } from './answer.ts';
import { azureEntitlementResource, pendingOperation } from './azure-entitlements.ts';
import { fieldsOf, textOf } from './input.ts';
import { beginChange } from './life-cycle.ts';
import type { AzureEntitlement, Customer } from './model.ts';
import { otherChange } from './other-changes.ts';
import type { View } from './resources.ts';

/** Cancelling an Azure subscription: article cancel-an-azure-subscription. */

export const noCancellation: Reply = refuse(
  400,
  '800002',
  'The Azure entitlement cancellation request content is required.',
);

/** The one reason that the article knows. */
const DOCUMENTED_REASON = 'compromise';
const REASON = 'cancellationreason';

/** POST …/azureEntitlements/{id}/cancel: the answer still reads active, and some ten minutes later it is not. */
export function cancelAzureEntitlement(
  customer: Customer,
  entitlement: AzureEntitlement,
  body: unknown,
  view: View,
): WriteReply {
  const { settings, nowMs } = view;
  const problem =
    reasonProblem(body, view) ??
    fieldProblem(customer, entitlement, body, view) ??
    repetition(entitlement, view);
  if (problem !== undefined) return { reply: problem };
  const shown = () => azureEntitlementResource(customer, entitlement, view);
  const isNew = entitlement.status === 'active' && entitlement.change === undefined;
  if (!isNew) return { reply: json(shown(), settings.azureCancelStatus) };
  const reply = json(shown(), settings.azureCancelStatus);
  beginChange(entitlement, 'inactive', entitlement.cancelling, nowMs);
  return { reply, change: 'cancel-azure' };
}

function reasonProblem(body: unknown, { settings }: View): Reply | undefined {
  const fields = fieldsOf(body);
  if (fields === undefined) return noCancellation;
  const reason = textOf(fields, REASON)?.trim() ?? '';
  const valid =
    settings.cancellationReasons === 'any' ? reason !== '' : reason === DOCUMENTED_REASON;
  return valid ? undefined : refuse(400, '900307', `Cancellation reason '${reason}' is invalid.`);
}

/**
 * The article's example sends what GET shows in place of the reason, so that may come along as it is shown; all else is
 * refused, as in a PATCH (INFERRED).
 */
function fieldProblem(
  customer: Customer,
  entitlement: AzureEntitlement,
  body: unknown,
  view: View,
): Reply | undefined {
  const fields = fieldsOf(body) ?? new Map<string, unknown>();
  if (view.settings.otherChanges === 'ignored') return undefined;
  const shown = azureEntitlementResource(customer, entitlement, view);
  const known = new Set([...(fieldsOf(shown)?.keys() ?? []), REASON]);
  const odd =
    [...fields.keys()].find((name) => !known.has(name)) ??
    otherChange(fields, shown, new Set([REASON]))?.[0];
  return odd === undefined
    ? undefined
    : invalidInput(`Cancelling an Azure subscription does not take ${odd.slice(0, 100)}.`);
}

function repetition(entitlement: AzureEntitlement, { settings }: View): Reply | undefined {
  const isFirst = entitlement.status === 'active' && entitlement.change === undefined;
  if (isFirst || settings.repeatedAzureCancel === 'accepted') return undefined;
  const pending =
    settings.repeatedAzureCancel === 'pending-operation' && entitlement.status === 'active';
  return pending
    ? pendingOperation
    : refuse(400, '800012', 'This subscription is not an active subscription.');
}
