import * as v from 'valibot';
import type { Customer } from '../../teardown/purchases.ts';
import { id, optionalText } from './lenient.ts';

/** Source: "Customer resources", learn.microsoft.com/partner-center/developer. */
const customer = v.object({
  id,
  companyprofile: v.nullish(v.object({ domain: optionalText, companyname: optionalText })),
});

export function readCustomer(folded: unknown): Customer {
  const { id, companyprofile } = v.parse(customer, folded);
  const { domain, companyname } = companyprofile ?? {};
  return {
    id: id.toLowerCase(),
    ...(domain !== undefined && { domain: domain.toLowerCase() }),
    ...(companyname !== undefined && { companyName: companyname }),
  };
}
