import * as v from 'valibot';
import { redact } from '../../redaction/redact.ts';
import { optionalText } from '../http/schema.ts';

/** Source: article get-an-organization-profile. */
const organizationProfile = v.object({ domain: optionalText });

/** One with a secret in it is none, and is not shown. */
export function readOrganizationDomain(folded: unknown): string | undefined {
  const { domain } = v.parse(organizationProfile, folded);
  return domain !== undefined && redact(domain) === domain ? domain : undefined;
}
