import { describe, expect, it } from 'vitest';
import { api } from '../../../src/partner-center/api.ts';
import { clouds } from '../../../src/partner-center/clouds.ts';
import { lowercaseKeys, MAX_VALUES } from '../../../src/partner-center/http/lowercase-keys.ts';
import { retryAfterMs } from '../../../src/partner-center/http/retry-after.ts';
import { MAX_ITEMS, MAX_PAGES } from '../../../src/partner-center/paginate.ts';
import { ifMatch } from '../../../src/partner-center/resources/updates.ts';
import { sandboxProof } from '../../../src/teardown/guards/sandbox-proof.ts';
import { answeringClient, answerTo } from '../answering-client.ts';

const TENANT = 'aaaaaaaa-0000-0000-0000-000000000001';
const items = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `i${from + index}` }));

/** A list of so many items, in pages; with a count where asked. */
function inPages(all: number, pageSize: number) {
  return answeringClient(({ call }) => {
    const from = Number(/from=(\d+)/.exec(call)?.[1] ?? 0);
    const next = from + pageSize;
    const uri = `${call.slice(4).split('?')[0]}?from=${next}`;
    return Response.json({
      items: items(from, Math.min(pageSize, all - from)),
      ...(next < all && { links: { next: { uri } } }),
    });
  });
}

describe('an account', () => {
  /** The proof of the sandbox over the app's own client, with a token of the sandbox's tenant. */
  const objectionTo = (customers: number, pageSize: number) => {
    const { client } = inPages(customers, pageSize);
    const reader = { ...client, signedInTenant: async () => TENANT };
    return sandboxProof({ tenantId: TENANT, deniedTenantIds: [] }, () => 0)(reader);
  };

  it.each([
    [400, 25],
    [76, 25],
    [76, 75],
    [76, 76],
    [76, 1],
  ])('of %i customers in pages of %i is no sandbox', async (customers, pageSize) => {
    // A page each is more than a list may have, which is an error.
    const proof = objectionTo(customers, pageSize).catch(String);
    expect(await proof).toMatch(/more than 75|repeats a page/);
  });

  it.each([
    [75, 25],
    [75, 75],
    [75, 100],
    [0, 25],
  ])('of %i customers in pages of %i may be one', async (customers, pageSize) => {
    expect(await objectionTo(customers, pageSize)).toBeUndefined();
  });
});

describe('a list', () => {
  it('has at most the maximum of pages', async () => {
    const { client } = inPages(MAX_PAGES, 1);
    expect(await client.listOrders('c')).toHaveLength(MAX_PAGES);
    const longer = inPages(MAX_PAGES + 1, 1);
    expect(await answerTo(longer.client.listOrders('c'))).toMatchObject({
      description: `The list repeats a page, or goes on after ${MAX_PAGES} pages.`,
    });
    expect(longer.sent).toHaveLength(MAX_PAGES);
    expect([MAX_PAGES, MAX_ITEMS, MAX_VALUES]).toEqual([20, 2_000, 50_000]);
  });

  it('has at most the maximum of items', async () => {
    const half = MAX_ITEMS / 2;
    expect(await inPages(MAX_ITEMS, half).client.listOrders('c')).toHaveLength(MAX_ITEMS);
    expect(await answerTo(inPages(MAX_ITEMS + 1, half).client.listOrders('c'))).toMatchObject({
      description: `The list has more than ${MAX_ITEMS} items.`,
    });
  });
});

describe('the names of an answer', () => {
  const nested = (levels: number): unknown => (levels === 0 ? 1 : { A: nested(levels - 1) });

  it('are folded up to the maximum depth of an answer', () => {
    expect(JSON.stringify(lowercaseKeys(nested(40)))).toBe(
      JSON.stringify(nested(40)).replaceAll('A', 'a'),
    );
    expect(() => lowercaseKeys(nested(41))).toThrow('nested deeper than 40 levels');
    expect(lowercaseKeys([{ A: [{ B: 1 }] }])).toEqual([{ a: [{ b: 1 }] }]);
  });

  it('are folded up to the maximum of values', () => {
    const list = (values: number) => Array.from({ length: values - 1 }, () => 1);
    expect(lowercaseKeys(list(MAX_VALUES))).toHaveLength(MAX_VALUES - 1);
    expect(() => lowercaseKeys(list(MAX_VALUES + 1))).toThrow('more than 50000 values');
  });
});

describe('a quantity', () => {
  const lineOf = async (fields: object) => {
    const { client } = answeringClient(() =>
      Response.json({ items: [{ id: 'o', lineItems: [fields] }] }),
    );
    const [order] = await client.listOrders('c');
    return order?.lines[0];
  };

  it.each([
    [0, 0],
    ['0', 0],
    [' 7 ', 7],
    ['2.0', 2],
    [2 ** 31 - 1, 2 ** 31 - 1],
  ])('of %j is %i', async (quantity, read) => {
    expect(await lineOf({ quantity, lineItemNumber: quantity })).toMatchObject({
      quantity: read,
      lineItemNumber: read,
    });
  });

  // None of these says that nothing is held any more.
  it.each([
    '0x0',
    '1e-400',
    '-0',
    '',
    ' ',
    '0,0',
    'none',
    -1,
    0.5,
    2 ** 31,
    1e308,
    false,
    [],
    null,
  ])('of %j is unknown, so that the line counts as held', async (quantity) => {
    expect(await lineOf({ quantity, lineItemNumber: quantity })).toMatchObject({
      quantity: 1,
      lineItemNumber: 0,
    });
  });
});

describe('an ETag', () => {
  it.each([
    ['abc', '"abc"'],
    ['"abc"', '"abc"'],
    ['W/"abc"', 'W/"abc"'],
    ['', '""'],
    ['"', '"""'],
    ['x"abc"', '"x"abc""'],
    ['"abc"x', '""abc"x"'],
  ])('%s is sent quoted', (etag, sent) => {
    expect(ifMatch(etag)).toEqual({ 'if-match': sent });
  });

  it.each([undefined, 'a\nb', 'ä', 'a\u0000', '\u007f'])('%j is not sent', (etag) => {
    expect(ifMatch(etag)).toEqual({});
  });
});

describe('a redirect', () => {
  it.each([
    ['https://evil.example/v1/x?token=1', 'a redirect to the host "evil.example", which is not'],
    ['/v1/elsewhere', 'a redirect to another place of the same host, which is not followed'],
    [undefined, 'a redirect that leads nowhere'],
  ])('to %s is reported, and not followed', async (location, said) => {
    for (const status of [300, 301, 302, 303, 307, 308, 399]) {
      const { client, sent } = answeringClient(
        () => new Response(null, { status, ...(location && { headers: { location } }) }),
      );
      const answer = await answerTo(client.listOrders('c'));
      expect(answer).toMatchObject({ status, description: expect.stringContaining(said) });
      expect(sent).toHaveLength(1);
    }
  });

  it('is only one with the status of a redirect', async () => {
    for (const status of [299, 400]) {
      const headers = { location: 'https://evil.example' };
      const { client } = answeringClient(() => new Response('{}', { status, headers }));
      expect((await answerTo(client.listOrders('c')))?.description).not.toContain('redirect');
    }
  });
});

describe('a Retry-After', () => {
  it('of a hundred thousand values is the maximum of them', () => {
    expect(retryAfterMs(`${'1,'.repeat(200_000)}9,2`, 0)).toBe(9_000);
  });
});

it('the addresses of each cloud are those of the articles', () => {
  const worldwide = {
    apiUrl: 'https://api.partnercenter.microsoft.com',
    otherLoginUrls: [],
    resource: 'https://api.partnercenter.microsoft.com',
    portalUrl: 'https://partner.microsoft.com',
  };
  expect(clouds).toEqual({
    global: {
      ...worldwide,
      loginUrl: 'https://login.microsoftonline.com',
      tokenExchangeAudience: 'api://AzureADTokenExchange',
      keyVaultDomain: 'vault.azure.net',
      serviceBusDomain: 'servicebus.windows.net',
    },
    china: {
      apiUrl: 'https://partner.partnercenterapi.microsoftonline.cn',
      loginUrl: 'https://login.partner.microsoftonline.cn',
      otherLoginUrls: ['https://login.chinacloudapi.cn'],
      resource: 'https://partner.partnercenterapi.microsoftonline.cn',
      portalUrl: 'https://partner.partnercenter.microsoftonline.cn',
      tokenExchangeAudience: 'api://AzureADTokenExchangeChina',
      keyVaultDomain: 'vault.azure.cn',
      serviceBusDomain: 'servicebus.chinacloudapi.cn',
    },
    'us-government': {
      ...worldwide,
      loginUrl: 'https://login.microsoftonline.us',
      tokenExchangeAudience: 'api://AzureADTokenExchangeUSGov',
      keyVaultDomain: 'vault.usgovcloudapi.net',
      serviceBusDomain: 'servicebus.usgovcloudapi.net',
    },
  });
});

describe('a request', () => {
  it('with a token of another tenant than before is not sent', async () => {
    const tokens = ['one', 'other'].map((tid) => ({
      token: `x.${Buffer.from(JSON.stringify({ tid })).toString('base64url')}.x`,
      expiresMs: Number.POSITIVE_INFINITY,
    }));
    const sent: string[] = [];
    const one = api(
      {
        apiUrl: 'https://partner-center.invalid',
        tokens: {
          current: async () => tokens.shift() ?? expect.unreachable(),
          after: async () => expect.unreachable(),
        },
        limiter: { take: () => undefined, pause: () => undefined },
        timeoutMs: 1_000,
        nowMs: () => 0,
        transport: async ({ path }) => {
          sent.push(path);
          return { status: 200, headers: new Headers(), body: '{}' };
        },
      },
      'teardown-1',
    );
    await one.send({ operation: 'list-orders', method: 'get', path: '/one' });
    const answer = await answerTo(
      one.send({ operation: 'list-orders', method: 'get', path: '/two' }),
    );
    expect(answer).toMatchObject({
      operation: 'sign-in',
      description: 'The new access token is for another tenant than the one before.',
    });
    expect(sent).toEqual(['/one']);
  });

  it.each([199, 300, 400])('answered with %i is refused, and with 299 is not', async (status) => {
    const redirected = (of: number) =>
      api(
        {
          apiUrl: 'https://partner-center.invalid',
          tokens: {
            current: async () => ({ token: 't', expiresMs: Number.POSITIVE_INFINITY }),
            after: async () => expect.unreachable(),
          },
          limiter: { take: () => undefined, pause: () => undefined },
          timeoutMs: 1_000,
          nowMs: () => 0,
          transport: async () => ({ status: of, headers: new Headers(), body: 'x' }),
        },
        'teardown-1',
      ).send({ operation: 'list-orders', method: 'get', path: '/x' });
    expect(await answerTo(redirected(status))).toMatchObject({ status });
    expect(await answerTo(redirected(299))).toBeUndefined();
  });
});

it('a list that continues by a token alone is requested by that token', async () => {
  const { client, sent } = answeringClient(({ headers }) =>
    Response.json(
      headers.get('ms-continuationtoken') === 'more'
        ? { items: [{ id: 'o2' }] }
        : { items: [{ id: 'o1' }], continuationToken: 'more' },
    ),
  );
  expect((await client.listCustomers(75)).map(({ id }) => id)).toEqual(['o1', 'o2']);
  expect(sent.map(({ call }) => call)).toEqual([
    'GET /v1/customers?size=100',
    'GET /v1/customers?seekOperation=Next',
  ]);
});
