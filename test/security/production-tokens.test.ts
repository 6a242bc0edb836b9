import { Sandbox } from 'partner-center-sandbox/core';
import { describe, expect, it } from 'vitest';
import { PlayedBus } from '../../bench/played-bus.ts';
import { sandboxFetch } from '../../bench/sandbox-fetch.ts';
import { STEADY_BACKOFF } from '../../simulation/backoff.ts';
import { inProcessApp } from '../../simulation/in-process-app.ts';
import { Timeline } from '../../simulation/timeline.ts';
import { tokenCache } from '../../src/partner-center/auth/token-cache.ts';
import { takeCheck, takeRequest } from '../../src/teardown/teardown.ts';

const SANDBOX_DOMAIN = 'sandbox.onmicrosoft.com';
const PRODUCTION = 'dddddddd-0000-0000-0000-00000000000d';
const HOUR_MS = 60 * 60 * 1_000;
const logOf = () => () => undefined;

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (claims: unknown) =>
  `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.c2lnbmF0dXJl`;

interface Account {
  /** What the login endpoint gives, one after the other; the last one again and again. */
  readonly tokens: (sandboxTenantId: string) => readonly string[];
  readonly customers?: number;
  readonly denied?: readonly string[] | 'the sandbox itself';
  /** The API refuses the first token (401) at its so-manieth request. */
  readonly refusesAt?: number;
  readonly tokensHoldMs?: number;
  /** What the API says of the account's organisation, whose domain has to be that of the sandbox. */
  readonly organization?: () => Response;
}

/** A whole teardown by the real client, against an account that takes any token; every write is recorded. */
async function teardownOf(account: Account) {
  const time = new Timeline();
  const nowMs = () => time.nowMs;
  const sandbox = new Sandbox({ nowMs, seed: 1, settings: { pageSize: 100 } });
  sandbox.changeSettings({ production: false, refuseEntitlementsToAppOnly: false });
  const { customerId } = sandbox.addCustomer({
    purchases: [
      { kind: 'reservation', cancelTakesMs: 0 },
      { kind: 'new-commerce', cancelTakesMs: 0 },
    ],
  });
  const given = [...account.tokens(sandbox.tenantId)];
  const tokens = tokenCache(
    async () => ({
      token: (given.length > 1 ? given.shift() : given[0]) ?? '',
      expiresMs: nowMs() + (account.tokensHoldMs ?? HOUR_MS),
    }),
    nowMs,
  );
  const writes: { readonly method: string; readonly authorization: string }[] = [];
  const inner = sandboxFetch(sandbox);
  let requests = 0;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    requests += 1;
    if (requests === account.refusesAt) return new Response('', { status: 401 });
    const authorization = request.headers.get('authorization') ?? '';
    if (request.method !== 'GET') writes.push({ method: request.method, authorization });
    if (account.organization !== undefined && request.url.endsWith('/v1/profiles/organization')) {
      return account.organization();
    }
    const isList = request.method === 'GET' && /\/v1\/customers(\?|$)/.test(request.url);
    if (isList && account.customers !== undefined) {
      const items = Array.from({ length: account.customers }, () => ({ id: customerId }));
      return Response.json({ items, totalCount: items.length });
    }
    return inner(request);
  };
  const bus = new PlayedBus(time);
  const denied = account.denied ?? [];
  const app = inProcessApp({
    sandbox: {
      tenantId: sandbox.tenantId,
      deniedTenantIds: denied === 'the sandbox itself' ? [sandbox.tenantId.toUpperCase()] : denied,
      ...(account.organization !== undefined && { domain: SANDBOX_DOMAIN }),
    },
    ...{ tokens, nowMs },
  });
  const backoff = { ...STEADY_BACKOFF, maxChecks: 20, deadlineMs: HOUR_MS };
  const now = { mode: 'enforce', protections: [] } as const;
  const teardown = app.teardown(now, backoff, { senders: bus.senders, peek: bus.peek, fetch });
  const body = { customerTenantId: customerId };
  await takeRequest({ body, messageId: 't' }, teardown, logOf);
  for (let next = bus.take(); next !== undefined; next = bus.take()) {
    await takeCheck(next, teardown, logOf);
  }
  const [outcome] = bus.outcomes;
  const words = outcome === undefined ? 'no outcome' : `${outcome.outcome} ${outcome.reason}`;
  return { words, outcome, writes, requests, customers: sandbox.state().customers };
}

const always = (tid: unknown) => () => [jwt({ tid })];

describe('an account that is not proven to be the sandbox', () => {
  it.each<[string, Account]>([
    ['the tenant of a production account', { tokens: always(PRODUCTION) }],
    ['no tenant', { tokens: () => [jwt({ oid: 'x' })] }],
    ['an empty tenant', { tokens: always('') }],
    ['null for a tenant', { tokens: always(null) }],
    ['a number for a tenant', { tokens: always(75) }],
    ['a list with the right tenant', { tokens: (tenant) => [jwt({ tid: [tenant] })] }],
    ['a list of two tenants', { tokens: (tenant) => [jwt({ tid: [tenant, PRODUCTION] })] }],
    ['an object for a tenant', { tokens: (tenant) => [jwt({ tid: { toString: tenant } })] }],
    ['the right tenant with spaces', { tokens: (tenant) => [jwt({ tid: ` ${tenant} ` })] }],
    ['the right tenant with a line break', { tokens: (tenant) => [jwt({ tid: `${tenant}\n` })] }],
    [
      'the right tenant and more',
      { tokens: (tenant) => [jwt({ tid: `${tenant},${PRODUCTION}` })] },
    ],
    [
      'the right tenant without its dashes',
      { tokens: (tenant) => [jwt({ tid: tenant.replaceAll('-', '') })] },
    ],
    ['the right tenant under another name', { tokens: (tenant) => [jwt({ TID: tenant, tenant })] }],
    ['the right tenant deeper down', { tokens: (tenant) => [jwt({ xms: { tid: tenant } })] }],
    [
      'the right tenant in its header',
      { tokens: (tenant) => [`${part({ tid: tenant })}.${part({})}.x`] },
    ],
    ['claims that are a list', { tokens: (tenant) => [jwt([{ tid: tenant }])] }],
    [
      'a tenant inherited through __proto__',
      {
        tokens: (tenant) => [
          `x.${Buffer.from(`{"__proto__":{"tid":"${tenant}"}}`).toString('base64url')}.x`,
        ],
      },
    ],
    ['claims that are null', { tokens: () => [jwt(null)] }],
    ['claims that are no JSON', { tokens: () => ['a.!!!.c'] }],
    ['nothing in it that can be read', { tokens: () => ['EwBwA8l6BAAUO9chh8cJscQLmU'] }],
    ['five parts, encrypted', { tokens: () => [`${part({ enc: 'A256GCM' })}.key.iv.text.tag`] }],
    ['nothing but a blank', { tokens: () => [' '] }],
    [
      'the right tenant, which is denied',
      { tokens: (tenant) => [jwt({ tid: tenant })], denied: 'the sandbox itself' },
    ],
    [
      'a denied tenant in other letters',
      { tokens: always(PRODUCTION.toUpperCase()), denied: [PRODUCTION] },
    ],
    [
      'the right tenant, with 76 customers',
      { tokens: (tenant) => [jwt({ tid: tenant })], customers: 76 },
    ],
    [
      'the right tenant, with 100 customers',
      { tokens: (tenant) => [jwt({ tid: tenant })], customers: 100 },
    ],
  ])('with a token that has %s is never written to', async (_what, account) => {
    const { words, writes, customers } = await teardownOf(account);
    expect(writes).toEqual([]);
    expect(customers).toHaveLength(1);
    expect(words).toBe('parked not-a-sandbox');
  });
});

it('an account whose login gives no token is never written to, and is checked again', async () => {
  const { words, writes } = await teardownOf({ tokens: () => [''] });
  expect([words, writes]).toEqual(['parked too-many-checks', []]);
});

describe('a tenant typed as the sandbox by mistake, with few customers', () => {
  const tokens = (tenant: string) => [jwt({ tid: tenant })];
  const answering = (profile: unknown) => () => Response.json(profile);
  const no = (status: number, code: string) => () =>
    Response.json({ code, description: 'No.' }, { status });

  it.each<[string, () => Response, string]>([
    ['has another domain', answering({ domain: 'contoso.com' }), 'parked not-a-sandbox'],
    [
      'has the domain below it',
      answering({ domain: `x.${SANDBOX_DOMAIN}` }),
      'parked not-a-sandbox',
    ],
    ['tells no domain', answering({ companyName: 'Contoso' }), 'parked not-a-sandbox'],
    ['tells what is no domain', answering({ domain: '*' }), 'parked not-a-sandbox'],
    ['tells nothing to an application', no(403, '900329'), 'parked unauthorized'],
    ['tells that there is no such thing', no(404, '1000'), 'parked unexpected'],
    ['tells that it is not there', no(403, '20002'), 'parked too-many-checks'],
    ['never answers', no(503, '1000'), 'parked too-many-checks'],
    ['answers with a page', () => new Response('<html>'), 'parked too-many-checks'],
  ])('is never written to, where it %s', async (_what, organization, end) => {
    const { words, writes, customers } = await teardownOf({ tokens, organization });
    expect(writes).toEqual([]);
    expect(customers).toHaveLength(1);
    expect(words).toBe(end);
  });

  it('is distinguished from the sandbox by the domain alone, in whatever form it is written', async () => {
    for (const domain of [SANDBOX_DOMAIN, `${SANDBOX_DOMAIN.toUpperCase()}.`]) {
      const { words } = await teardownOf({ tokens, organization: answering({ Domain: domain }) });
      expect(words).toBe('deleted released');
    }
  });
});

describe('a token that changes its tenant', () => {
  const changing = (tenant: string) => [jwt({ tid: tenant }), jwt({ tid: PRODUCTION })];

  it('is never used for a write, at whichever request the first one is refused', async () => {
    const sandboxOnly = await teardownOf({ tokens: (tenant) => [jwt({ tid: tenant })] });
    expect(sandboxOnly.words).toBe('deleted released');
    expect(sandboxOnly.requests).toBeGreaterThanOrEqual(10);
    for (let refusesAt = 1; refusesAt <= sandboxOnly.requests; refusesAt += 1) {
      const { writes, words, outcome } = await teardownOf({ tokens: changing, refusesAt });
      const production = writes.filter(({ authorization }) =>
        authorization.includes(part({ tid: PRODUCTION })),
      );
      expect(production, `refused at request ${refusesAt}`).toEqual([]);
      expect(words, `refused at request ${refusesAt}: ${outcome?.explanation}`).toBe(
        'parked not-a-sandbox',
      );
    }
  });

  it('is never used for a write when the first one ends between two checks, or within one', async () => {
    for (const tokensHoldMs of [0, 1_000, 5 * 60_000, 5 * 60_000 + 6_000]) {
      const { writes } = await teardownOf({ tokens: changing, tokensHoldMs });
      const production = writes.filter(({ authorization }) =>
        authorization.includes(part({ tid: PRODUCTION })),
      );
      expect(production, `tokens that hold ${tokensHoldMs} ms`).toEqual([]);
    }
  });
});

it('the sandbox is recognised by its tenant in any letter case, so that the tests above can fail', async () => {
  const { words, writes } = await teardownOf({
    tokens: (tenant) => [jwt({ tid: tenant.toUpperCase() })],
  });
  expect(words).toBe('deleted released');
  expect(writes.length).toBeGreaterThan(1);
});
