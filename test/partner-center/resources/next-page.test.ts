import { describe, expect, it } from 'vitest';
import { api } from '../../../src/partner-center/api.ts';
import { partnerCenterClient } from '../../../src/partner-center/client.ts';
import { answeringClient, answerTo } from '../answering-client.ts';

const URI = '/customers/c/orders?page=2';

/** The orders of these pages, one after the other; what was asked for, each with its token. */
async function ordersOf(...pages: readonly unknown[]) {
  let count = 0;
  const { client, sent } = answeringClient(() => Response.json(pages[count++]));
  const orders = await client.listOrders('c');
  return {
    ids: orders.map(({ id }) => id),
    asked: sent.map(({ call, headers }) => [call, headers.get('ms-continuationtoken')]),
  };
}

const last = { items: [{ id: 'o2' }] };
const first = (more: object) => ({ items: [{ id: 'o1' }], ...more });
const asked = (page: string, token: string | null) => ({
  ids: ['o1', 'o2'],
  asked: [
    ['GET /v1/customers/c/orders', null],
    [`GET /v1/customers/c/orders?${page}`, token],
  ],
});

describe('the next page', () => {
  it.each([
    ['MS-ContinuationToken', { headers: [{ key: 'MS-ContinuationToken', value: 'more' }] }],
    [
      'among others',
      {
        headers: [
          { key: 'X', value: 'x' },
          { key: 'ms-continuationtoken', value: 'more' },
        ],
      },
    ],
  ])('is requested by its link, with the token in its headers: %s', async (_name, link) => {
    const links = { next: { uri: URI, ...link } };
    expect(await ordersOf(first({ links }), last)).toEqual(asked('page=2', 'more'));
    // The link's own token comes before the page's.
    expect(await ordersOf(first({ links, continuationToken: 'other' }), last)).toEqual(
      asked('page=2', 'more'),
    );
  });

  it.each([{}, { headers: [] }, { headers: null }, { headers: [{ key: 'X', value: 'x' }] }])(
    'is asked for by its link, with the token of the page where the link has %j',
    async (link) => {
      const links = { next: { uri: URI, ...link } };
      expect(await ordersOf(first({ links, continuationToken: 'page' }), last)).toEqual(
        asked('page=2', 'page'),
      );
      expect(await ordersOf(first({ links }), last)).toEqual(asked('page=2', null));
    },
  );

  it.each([
    { links: { next: { uri: '', headers: [{ key: 'MS-ContinuationToken', value: 'more' }] } } },
    { links: { next: { headers: [{ key: 'MS-ContinuationToken', value: 'more' }] } } },
    { continuationToken: 'more' },
    { links: null, continuationToken: 'more' },
    { links: {}, continuationToken: 'more' },
    { links: { next: null }, continuationToken: 'more' },
  ])('is requested by a token where it has no address: %j', async (more) => {
    expect(await ordersOf(first(more), last)).toEqual(asked('seekOperation=Next', 'more'));
  });

  it.each([
    {},
    { links: null },
    { links: { next: null } },
    { links: { next: {} } },
    { links: { self: { uri: URI } } },
    { continuationToken: '' },
    { continuationToken: null },
  ])('is not requested where there is none: %j', async (more) => {
    expect((await ordersOf(first(more))).asked).toHaveLength(1);
  });

  it('that has the same token again is a loop, and an error', async () => {
    const token = { continuationToken: 'same' };
    const { client, sent } = answeringClient(() => Response.json({ items: [], ...token }));
    expect(await answerTo(client.listOrders('c'))).toMatchObject({
      description: expect.stringContaining('after 2 pages'),
    });
    expect(sent).toHaveLength(2);
  });

  it.each(['more\u2603', '\u2603more', 'more\u007f', '\u001fmore'])(
    'is not asked for by a token that no header can hold: %j',
    async (continuationToken) => {
      const { client, sent } = answeringClient(() =>
        Response.json({ items: [], continuationToken }),
      );
      expect(await answerTo(client.listOrders('c'))).toMatchObject({
        status: 200,
        description: expect.stringContaining('no header can hold'),
      });
      expect(sent).toHaveLength(1);
    },
  );

  it('is followed by a link without a host where the API has no address of its own', async () => {
    const paths: string[] = [];
    const one = api(
      {
        apiUrl: 'nowhere',
        tokens: {
          current: async () => ({ token: 't', expiresMs: Number.POSITIVE_INFINITY }),
          after: async () => expect.unreachable(),
        },
        limiter: { take: () => undefined, pause: () => undefined },
        timeoutMs: 1_000,
        nowMs: () => 0,
        transport: async ({ path }) => {
          paths.push(path);
          const uri =
            paths.length === 1 ? URI : 'https://evil.example/v1/customers/c/orders?page=3';
          const body = JSON.stringify(first({ links: { next: { uri } } }));
          return { status: 200, headers: new Headers(), body };
        },
      },
      'teardown-1',
    );
    const refused = await answerTo(partnerCenterClient(one).listOrders('c'));
    expect(refused?.description).toContain('outside the API');
    expect(paths).toEqual(['/customers/c/orders', URI]);
  });
});

describe('the items of a page', () => {
  it('are found by name in any letter case, the last of several', async () => {
    const [one, two] = [[{ id: 'o1' }], [{ id: 'o2' }, { id: 'o3' }]];
    expect((await ordersOf({ ITEMS: one })).ids).toEqual(['o1']);
    expect((await ordersOf({ items: one, Items: two, other: [] })).ids).toEqual(['o2', 'o3']);
  });

  it('that are invalid are reported with the problem', async () => {
    const { client } = answeringClient(() => Response.json({ items: 'x' }));
    expect(await answerTo(client.listOrders('c'))).toMatchObject({
      operation: 'list-orders',
      status: 200,
      unreadable: true,
      description: expect.stringMatching(/list: .*Array/),
      body: '{"items":"x"}',
    });
  });

  it('are read on until there are more than the limit', async () => {
    let page = 0;
    const { client, sent } = answeringClient(() => {
      page += 1;
      const uri = `/customers?size=100&page=${page}`;
      return Response.json({ items: [{ id: `c${page}` }], links: { next: { uri } } });
    });
    expect(await client.listCustomers(2)).toHaveLength(3);
    expect(sent).toHaveLength(3);
  });
});
