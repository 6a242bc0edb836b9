import * as v from 'valibot';
import { redact } from '../../redaction/redact.ts';
import { defined } from '../../shared/defined.ts';
import { asciiDomain } from '../../shared/domain.ts';
import type { Customer } from '../../teardown/model/purchases.ts';
import { id, optionalText } from '../http/schema.ts';

/** Source: https://learn.microsoft.com/partner-center/developer/customer-resources */
const customer = v.object({
  id,
  companyprofile: v.nullish(v.object({ domain: optionalText, companyname: optionalText })),
});

/**
 * Reads a customer whose names are in lower case.
 *
 * @throws ValiError for another shape than documented
 */
export function readCustomer(folded: unknown): Customer {
  const { id, companyprofile } = v.parse(customer, folded);
  const { domain: written, companyname } = companyprofile ?? {};
  const domain = written !== undefined && isSafe(written) ? asciiDomain(written) : undefined;
  return defined({ id: id.toLowerCase(), domain, companyName: companyname });
}

/**
 * A domain goes into messages as it is, because protections are matched by it. One that looks like a secret counts as
 * unknown, as does anything that is not a domain: rules by domain then protect the customer.
 */
function isSafe(domain: string): boolean {
  return redact(domain) === domain;
}
