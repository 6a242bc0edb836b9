import type { PartnerCenterReader } from '../partner-center.ts';

/** Source: "Test and debug", learn.microsoft.com/partner-center/developer: 75 customers in a sandbox. */
export const MOST_SANDBOX_CUSTOMERS = 75;

/** A proof holds for this long on an instance. */
const PROOF_HOLDS_MS = 60 * 60 * 1000;

export interface SandboxIdentity {
  /** The sandbox's tenant id. */
  readonly tenantId: string;
  /** Tenants that are never a sandbox, whatever else is configured. */
  readonly deniedTenantIds: readonly string[];
}

/** Why this is not the sandbox, as a sentence; undefined when it is proven to be. */
export type SandboxProof = (reader: PartnerCenterReader) => Promise<string | undefined>;

/**
 * Proves that the account is the configured sandbox: the token's tenant is the configured one, is not
 * denied, and the account has no more customers than a sandbox can have. Only a good answer is remembered.
 */
export function sandboxProof(identity: SandboxIdentity, nowMs: () => number): SandboxProof {
  let provenUntilMs = Number.NEGATIVE_INFINITY;
  return async (reader) => {
    const tenantId = (await reader.signedInTenant())?.toLowerCase();
    const objection = objectionTo(tenantId, identity);
    if (objection !== undefined) return objection;
    if (nowMs() < provenUntilMs) return undefined;
    const customers = await reader.listCustomers(MOST_SANDBOX_CUSTOMERS);
    if (customers.length > MOST_SANDBOX_CUSTOMERS) {
      return `The account has more than ${MOST_SANDBOX_CUSTOMERS} customers, so it is not an integration sandbox.`;
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
