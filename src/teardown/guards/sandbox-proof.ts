import { isSameDomain } from '../../shared/domain.ts';
import type { PartnerCenterReader } from '../model/partner-center.ts';
import { MAX_SANDBOX_CUSTOMERS } from '../model/sandbox.ts';

/** How long an instance relies on a proof. */
const PROOF_HOLDS_MS = 60 * 60 * 1000;

export interface SandboxIdentity {
  /** The sandbox's tenant id. */
  readonly tenantId: string;
  /** Tenants that are never the sandbox, whatever else is configured. */
  readonly deniedTenantIds: readonly string[];
  /** The domain of the sandbox's organisation; absent: it is not checked. */
  readonly domain?: string | undefined;
}

/**
 * Why this is not the sandbox, as a message; undefined when it is proven to be.
 *
 * @throws PartnerCenterError where Partner Center does not answer
 */
export type SandboxProof = (reader: PartnerCenterReader) => Promise<string | undefined>;

/**
 * Proves that the account is the configured sandbox: the token's tenant is the configured one and not denied, its
 * organisation has the configured domain, where there is one, and the account has no more customers than a sandbox can
 * have. Only a successful proof is remembered.
 */
export function sandboxProof(identity: SandboxIdentity, nowMs: () => number): SandboxProof {
  let provenUntilMs = Number.NEGATIVE_INFINITY;
  return async (reader) => {
    const tenantId = (await reader.signedInTenant())?.toLowerCase();
    const objection = objectionTo(tenantId, identity);
    if (objection !== undefined) return objection;
    if (nowMs() < provenUntilMs) return undefined;
    const otherDomain = identity.domain && (await objectionToDomain(reader, identity.domain));
    if (otherDomain) return otherDomain;
    const customers = await reader.listCustomers(MAX_SANDBOX_CUSTOMERS);
    if (customers.length > MAX_SANDBOX_CUSTOMERS) {
      return `The account has more than ${MAX_SANDBOX_CUSTOMERS} customers, so it is not an integration sandbox.`;
    }
    provenUntilMs = nowMs() + PROOF_HOLDS_MS;
    return undefined;
  };
}

function objectionTo(tenantId: string | undefined, identity: SandboxIdentity): string | undefined {
  if (tenantId === undefined) {
    return 'The access token does not say which tenant it is for, so nothing proves that this is the sandbox.';
  }
  if (identity.deniedTenantIds.some((denied) => denied.toLowerCase() === tenantId)) {
    return `The access token is for the tenant ${tenantId}, which is on the deny list.`;
  }
  if (tenantId !== identity.tenantId.toLowerCase()) {
    return `The access token is for the tenant ${tenantId}, but the sandbox is ${identity.tenantId}.`;
  }
  return undefined;
}

/** A mistyped tenant id may be that of a production account with few customers, which has another domain. */
async function objectionToDomain(
  reader: PartnerCenterReader,
  wanted: string,
): Promise<string | undefined> {
  const domain = await reader.organizationDomain();
  return isSameDomain(domain, wanted)
    ? undefined
    : `The organisation of this account has ${domain === undefined ? 'no domain that can be read' : `the domain ${domain}`}, but SANDBOX_DOMAIN is ${wanted}.`;
}
