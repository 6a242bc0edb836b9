import type { PartnerCenterWriter, Taken } from './partner-center.ts';
import type { AzureEntitlement, OrderLine, Subscription } from './purchases.ts';

/** One writing call to Partner Center, as a value: it can be listed, logged, counted, and performed. */
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
  /** What cannot be ended ends by itself then. */
  | { readonly kind: 'turn-off-auto-renew'; readonly subscription: Subscription }
  /** What its service wants before it lets a marketplace subscription be ended. */
  | { readonly kind: 'activate-subscription'; readonly subscription: Subscription }
  | { readonly kind: 'cancel-azure-entitlement'; readonly entitlement: AzureEntitlement }
  | { readonly kind: 'delete-customer' };

/** The HTTP call in words, without bodies: what a person reviews before allowing it. */
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

/** The orders that a call is about; none for a whole customer. */
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
): Promise<Taken> {
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
