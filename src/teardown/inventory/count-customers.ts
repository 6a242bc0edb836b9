import type { Log } from '../log/log.ts';
import type { PartnerCenterReader } from '../model/partner-center.ts';
import { MAX_SANDBOX_CUSTOMERS } from '../model/sandbox.ts';

/** Wraps a reader to log how many slots the customers take, whenever it lists them. */
export function countingCustomers<R extends PartnerCenterReader>(reader: R, log: Log): R {
  return {
    ...reader,
    async listCustomers(limit) {
      const customers = await reader.listCustomers(limit);
      log('customers-counted', { customers: customers.length, slots: MAX_SANDBOX_CUSTOMERS });
      return customers;
    },
  };
}
