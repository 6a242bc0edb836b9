/** Filters of lists, by what a resource shows; without one everything fits. */

/** `onetime` asks for `one_time` (article get-a-list-of-orders-by-customer-and-billing-cycle-type), the SDK writes `OneTime`. */
export function isBilled(
  { billingCycle }: { readonly billingCycle: string },
  asked: string | undefined,
): boolean {
  const plain = (cycle: string) => cycle.replaceAll('_', '').toLowerCase();
  return asked === undefined || plain(billingCycle) === plain(asked);
}

/** Article get-all-subscriptions-by-partner: its sample's `partnerId` is the one that was asked for. */
export function isBoughtThrough(resource: object, partnerId: string | undefined): boolean {
  return partnerId === undefined || ('partnerId' in resource && resource.partnerId === partnerId);
}
