import type { CustomerSpec, Sandbox } from 'partner-center-sandbox/core';

/** The purchases of the customers of a new embedded stack. */
const TRY_IT_ON: readonly CustomerSpec[] = [
  { purchases: [] },
  { purchases: [{ kind: 'reservation' }] },
  { purchases: [{ kind: 'perpetual-software' }, { kind: 'new-commerce' }] },
  { purchases: [{ kind: 'azure-plan', azureSubscriptions: 2 }] },
  { purchases: [{ kind: 'reservation', ageDays: 75 }] },
];

export interface CustomerToTry {
  readonly customerId: string;
  readonly bought: string;
}

/** New customers in a new sandbox; in a kept one those that are left. */
export function customersToTry(sandbox: Sandbox): readonly CustomerToTry[] {
  const { customers, deletedCustomers } = sandbox.state();
  if (customers.length + deletedCustomers.length > 0) {
    return customers.map(({ id }) => ({ customerId: id, bought: 'kept from an earlier run' }));
  }
  return TRY_IT_ON.map((spec) => {
    const bought = spec.purchases?.map(({ kind }) => kind).join(', ');
    return {
      customerId: sandbox.addCustomer(spec).customerId,
      bought: bought || 'nothing bought',
    };
  });
}
