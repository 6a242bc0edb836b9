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
  const { domain: told, companyname } = companyprofile ?? {};
  const domain = told !== undefined && isTold(told) ? asciiDomain(told) : undefined;
  return defined({ id: id.toLowerCase(), domain, companyName: companyname });
}

/**
 * A domain goes into messages as it is, because protections go by it. One with a secret in it is none that anybody
 * gave a customer, and counts as not told, as does what is no domain: then rules by domain protect.
 */
function isTold(domain: string): boolean {
  return redact(domain) === domain;
}
