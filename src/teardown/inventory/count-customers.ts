import type { Log } from '../log/log.ts';
import type { PartnerCenterReader } from '../model/partner-center.ts';
import { MAX_SANDBOX_CUSTOMERS } from '../model/sandbox.ts';

/** The same reader; whenever it has listed the customers, the log says how many slots they take. */
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
