import type { PartnerCenterReader } from '../model/partner-center.ts';
import type { Customer } from '../model/purchases.ts';

/**
 * A reader for one check, which reads each list of a customer's no more than once: what was asked for first is still
 * fresh. If the check has listed the customers, to prove the sandbox, its own customer is taken from there.
 */
export function readOnce<R extends PartnerCenterReader>(reader: R): R {
  const read = new Map<string, Promise<unknown>>();
  const once = <T>(name: string, list: () => Promise<T>): Promise<T> => {
    const before = read.get(name) as Promise<T> | undefined;
    const reading = before ?? list();
    read.set(name, reading);
    return reading;
  };
  let customers: readonly Customer[] = [];
  return {
    ...reader,
    async listCustomers(limit) {
      customers = await reader.listCustomers(limit);
      return customers;
    },
    // What the list does not show is asked for by its id: only that answer says that it is gone.
    getCustomer: async (id) =>
      customers.find((customer) => customer.id === id) ?? reader.getCustomer(id),
    listOrders: (id) => once(`orders ${id}`, () => reader.listOrders(id)),
    listSubscriptions: (id) => once(`subscriptions ${id}`, () => reader.listSubscriptions(id)),
    listAzureEntitlements: (id, planId) =>
      once(`plan ${id} ${planId}`, () => reader.listAzureEntitlements(id, planId)),
  };
}
