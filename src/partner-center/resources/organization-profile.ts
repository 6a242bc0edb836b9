import * as v from 'valibot';
import { redact } from '../../redaction/redact.ts';
import { optionalText } from '../http/schema.ts';

/** Source: https://learn.microsoft.com/partner-center/developer/get-an-organization-profile */
const organizationProfile = v.object({ domain: optionalText });

/**
 * The account's domain; undefined where it is absent, or looks like a secret.
 *
 * @throws ValiError for another shape than documented
 */
export function readOrganizationDomain(folded: unknown): string | undefined {
  const { domain } = v.parse(organizationProfile, folded);
  return domain !== undefined && redact(domain) === domain ? domain : undefined;
}
