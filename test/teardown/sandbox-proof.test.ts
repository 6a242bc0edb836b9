import { describe, expect, it } from 'vitest';
import { MOST_SANDBOX_CUSTOMERS, sandboxProof } from '../../src/teardown/guards/sandbox-proof.ts';
import type { PartnerCenterReader } from '../../src/teardown/partner-center.ts';

const TENANT = 'aaaaaaaa-0000-0000-0000-000000000001';
const OTHER = 'bbbbbbbb-0000-0000-0000-000000000002';
const HOUR_MS = 60 * 60 * 1000;

/** An account of so many customers behind a token of a tenant; counts how often it is listed. */
function account(tenantId: string | undefined, customers: number) {
  const counter = { lists: 0 };
  const reader = {
    signedInTenant: async () => tenantId,
    listCustomers: async () => {
      counter.lists += 1;
      return Array.from({ length: customers }, (_, index) => ({ id: `customer-${index}` }));
    },
  } as unknown as PartnerCenterReader;
  return { reader, counter };
}

function proof(deniedTenantIds: readonly string[] = [], clock = { nowMs: 0 }) {
  return sandboxProof({ tenantId: TENANT, deniedTenantIds }, () => clock.nowMs);
}

describe('the proof that this is the sandbox', () => {
  it('holds for the configured tenant with at most 75 customers', async () => {
    expect(await proof()(account(TENANT, MOST_SANDBOX_CUSTOMERS).reader)).toBeUndefined();
  });

  it('does not depend on the case of the tenant id', async () => {
    expect(await proof()(account(TENANT.toUpperCase(), 1).reader)).toBeUndefined();
  });

  it('fails for a token of another tenant', async () => {
    expect(await proof()(account(OTHER, 1).reader)).toContain(OTHER);
  });

  it('fails for a token that does not say its tenant', async () => {
    expect(await proof()(account(undefined, 1).reader)).toContain('does not say');
  });

  it('fails for a denied tenant even if it is the configured one', async () => {
    expect(await proof([TENANT.toUpperCase()])(account(TENANT, 1).reader)).toContain('deny list');
  });

  it('holds where another tenant is denied', async () => {
    expect(await proof([OTHER])(account(TENANT, 1).reader)).toBeUndefined();
  });

  it('fails for an account with more customers than a sandbox can have', async () => {
    const { reader } = account(TENANT, MOST_SANDBOX_CUSTOMERS + 1);
    expect(await proof()(reader)).toContain('more than 75');
  });

  it('is kept for an hour, and the token is looked at every time', async () => {
    const clock = { nowMs: 0 };
    const prove = proof([], clock);
    const { reader, counter } = account(TENANT, 1);
    await prove(reader);
    clock.nowMs = HOUR_MS - 1;
    await prove(reader);
    expect(counter.lists).toBe(1);
    expect(await prove(account(OTHER, 1).reader)).toContain(OTHER);
    clock.nowMs = HOUR_MS;
    await prove(reader);
    expect(counter.lists).toBe(2);
  });

  it('is not kept when it failed', async () => {
    const prove = proof();
    await prove(account(TENANT, 76).reader);
    const { reader, counter } = account(TENANT, 75);
    expect(await prove(reader)).toBeUndefined();
    expect(counter.lists).toBe(1);
  });

  it.each(['the tenant', 'the customers'])('is none where %s cannot be read', async (what) => {
    const noAnswer = () => Promise.reject(new Error('no answer'));
    const reader = {
      ...account(TENANT, 1).reader,
      ...(what === 'the tenant' ? { signedInTenant: noAnswer } : { listCustomers: noAnswer }),
    };
    const prove = proof();
    await expect(prove(reader)).rejects.toThrow('no answer');
    // Nor is it remembered as one.
    await expect(prove(reader)).rejects.toThrow('no answer');
  });

  it.each([OTHER, undefined])(
    'lists no customers with a token of the wrong tenant (%s)',
    async (tenantId) => {
      const { reader, counter } = account(tenantId, 1);
      await proof()(reader);
      expect(counter.lists).toBe(0);
    },
  );
});
