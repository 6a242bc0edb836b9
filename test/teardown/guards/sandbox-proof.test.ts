import { describe, expect, it } from 'vitest';
import { sandboxProof } from '../../../src/teardown/guards/sandbox-proof.ts';
import type { PartnerCenterReader } from '../../../src/teardown/model/partner-center.ts';
import { MAX_SANDBOX_CUSTOMERS } from '../../../src/teardown/model/sandbox.ts';

const TENANT = 'aaaaaaaa-0000-0000-0000-000000000001';
const OTHER = 'bbbbbbbb-0000-0000-0000-000000000002';
const HOUR_MS = 60 * 60 * 1000;

/** An account of so many customers behind a token of a tenant; counts how often it is listed. */
function account(tenantId: string | undefined, customers: number, domain?: string) {
  const counter = { lists: 0, profiles: 0 };
  const reader = {
    signedInTenant: async () => tenantId,
    organizationDomain: async () => {
      counter.profiles += 1;
      return domain;
    },
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
    expect(await proof()(account(TENANT, MAX_SANDBOX_CUSTOMERS).reader)).toBeUndefined();
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
    const { reader } = account(TENANT, MAX_SANDBOX_CUSTOMERS + 1);
    expect(await proof()(reader)).toContain('more than 75');
  });

  it('is kept for an hour, while the token is checked every time', async () => {
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

describe('the domain of its organisation, where it is set', () => {
  const withDomain = (clock = { nowMs: 0 }, domain = 'xn--bcher-kva.example') =>
    sandboxProof({ tenantId: TENANT, deniedTenantIds: [], domain }, () => clock.nowMs);

  it.each(['xn--bcher-kva.example', 'BÜCHER.example.'])('may be told as %s', async (domain) => {
    expect(await withDomain()(account(TENANT, 1, domain).reader)).toBeUndefined();
  });

  it('must be the one that is set', async () => {
    const { reader, counter } = account(TENANT, 1, 'contoso.com');
    expect(await withDomain()(reader)).toBe(
      'The organisation of this account has the domain contoso.com, but SANDBOX_DOMAIN is xn--bcher-kva.example.',
    );
    expect(counter.lists).toBe(0);
  });

  it.each([undefined, 'two words', ''])('must be told (%s)', async (domain) => {
    expect(await withDomain()(account(TENANT, 1, domain).reader)).toContain(
      'but SANDBOX_DOMAIN is xn--bcher-kva.example.',
    );
    expect(await withDomain()(account(TENANT, 1).reader)).toContain('no domain that can be read');
  });

  it('fails where it cannot be read, and that is not remembered', async () => {
    const organizationDomain = () => Promise.reject(new Error('no answer'));
    const prove = withDomain();
    const reader = { ...account(TENANT, 1).reader, organizationDomain };
    await expect(prove(reader)).rejects.toThrow('no answer');
    await expect(prove(reader)).rejects.toThrow('no answer');
  });

  it('is read once an hour, together with the customers', async () => {
    const clock = { nowMs: 0 };
    const prove = withDomain(clock);
    const { reader, counter } = account(TENANT, 1, 'bücher.example');
    for (const [nowMs, asked] of [
      [0, 1],
      [HOUR_MS - 1, 1],
      [HOUR_MS, 2],
    ] as const) {
      clock.nowMs = nowMs;
      expect(await prove(reader)).toBeUndefined();
      expect(counter).toEqual({ lists: asked, profiles: asked });
    }
    const moved = account(TENANT, 1, 'contoso.com');
    clock.nowMs = 2 * HOUR_MS;
    expect(await prove(moved.reader)).toContain('contoso.com');
  });

  it('is not read where none is set, or for another tenant', async () => {
    const unset = account(TENANT, 1, 'contoso.com');
    await proof()(unset.reader);
    const other = account(OTHER, 1, 'bücher.example');
    await withDomain()(other.reader);
    expect([unset.counter.profiles, other.counter.profiles]).toEqual([0, 0]);
  });
});
