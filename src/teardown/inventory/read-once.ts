import type { PartnerCenterReader } from '../model/partner-center.ts';

/** A reader for one check, which reads each list of a customer's no more than once: what was asked for first is still fresh. */
export function readOnce<R extends PartnerCenterReader>(reader: R): R {
  const read = new Map<string, Promise<unknown>>();
  const once = <T>(name: string, list: () => Promise<T>): Promise<T> => {
    const before = read.get(name) as Promise<T> | undefined;
    const reading = before ?? list();
    read.set(name, reading);
    return reading;
  };
  return {
    ...reader,
    listOrders: (id) => once(`orders ${id}`, () => reader.listOrders(id)),
    listSubscriptions: (id) => once(`subscriptions ${id}`, () => reader.listSubscriptions(id)),
    listAzureEntitlements: (id, planId) =>
      once(`plan ${id} ${planId}`, () => reader.listAzureEntitlements(id, planId)),
  };
}
