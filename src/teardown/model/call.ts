import type { PartnerCenterWriter, WriteResult } from './partner-center.ts';
import type { AzureEntitlement, OrderLine, Subscription } from './purchases.ts';

/** One write to Partner Center, as a value that can be listed, logged, counted and performed. */
export type Call =
  | {
      readonly kind: 'cancel-order';
      readonly orderId: string;
      /** Only these lines; absent: the whole order. */
      readonly lines?: readonly OrderLine[];
    }
  | {
      readonly kind: 'end-subscription';
      readonly subscription: Subscription;
      readonly status: 'deleted' | 'suspended';
    }
  /** For a subscription that cannot be ended: it then ends by itself. */
  | { readonly kind: 'turn-off-auto-renew'; readonly subscription: Subscription }
  /** Some marketplace subscriptions must be activated before they can be ended. */
  | { readonly kind: 'activate-subscription'; readonly subscription: Subscription }
  | { readonly kind: 'cancel-azure-entitlement'; readonly entitlement: AzureEntitlement }
  | { readonly kind: 'delete-customer' };

/** Describes the HTTP call, without its body, for the person who reviews it. */
export function describeCall(customerId: string, call: Call): string {
  const customer = `/v1/customers/${customerId}`;
  switch (call.kind) {
    case 'cancel-order':
      return `PATCH ${customer}/orders/${call.orderId} (status cancelled${linesOf(call.lines)})`;
    case 'end-subscription':
      return `PATCH ${customer}/subscriptions/${call.subscription.id} (status ${call.status})`;
    case 'turn-off-auto-renew':
      return `PATCH ${customer}/subscriptions/${call.subscription.id} (auto-renew off)`;
    case 'activate-subscription':
      return `POST ${customer}/subscriptions/${call.subscription.id}/activate`;
    case 'cancel-azure-entitlement':
      return `POST ${customer}/subscriptions/${call.entitlement.planId}/azureEntitlements/${call.entitlement.id}/cancel`;
    case 'delete-customer':
      return `DELETE ${customer}`;
  }
}

/** The orders that a call is about; none for the deletion of a customer. */
export function orderIdsOfCall(call: Call): readonly string[] {
  switch (call.kind) {
    case 'cancel-order':
      return [call.orderId];
    case 'end-subscription':
    case 'turn-off-auto-renew':
    case 'activate-subscription':
      return [call.subscription.orderId ?? call.subscription.id];
    default:
      return [];
  }
}

function linesOf(lines: readonly OrderLine[] | undefined): string {
  return lines === undefined
    ? ''
    : `, only line ${lines.map((line) => line.lineItemNumber).join(', ')}`;
}

/**
 * Makes the call.
 *
 * @throws PartnerCenterError when it is refused
 */
export function perform(
  writer: PartnerCenterWriter,
  customerId: string,
  call: Call,
): Promise<WriteResult> {
  switch (call.kind) {
    case 'cancel-order':
      return writer.cancelOrder(customerId, call.orderId, call.lines);
    case 'end-subscription':
      return writer.endSubscription(customerId, call.subscription, call.status);
    case 'turn-off-auto-renew':
      return writer.turnOffAutoRenew(customerId, call.subscription);
    case 'activate-subscription':
      return writer.activateSubscription(customerId, call.subscription);
    case 'cancel-azure-entitlement':
      return writer.cancelAzureEntitlement(customerId, call.entitlement);
    case 'delete-customer':
      return writer.deleteCustomer(customerId);
  }
}
