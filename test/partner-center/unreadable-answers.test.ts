import { describe, expect, it } from 'vitest';
import { answeringClient, answerTo } from './answering-client.ts';

const answered = (body: string | null, status = 200) =>
  answeringClient(() => new Response(body, { status })).client;
const list = (answer: object) => answered(JSON.stringify(answer)).listOrders('c');
/** Items from one number to another. */
const items = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => ({ id: `o${from + index}` }));

describe('an answer with a good status that cannot be read', () => {
  it.each([
    ['is empty', '', 200, 'no body'],
    ['is blank', ' \n', 200, 'no body'],
    ['is 204', null, 204, 'no body'],
    ['is 202 and empty', '', 202, 'no body'],
    ['is cut short', '{"totalCount":1,"items":[{"id":"o"', 200, 'not JSON'],
    ['is a part of the list', '{"totalCount":0,"items":[]}', 206, 'not the 200'],
    ['is what a proxy made of it', '{"totalCount":0,"items":[]}', 203, 'not the 200'],
    ['is a page to sign in', '<!DOCTYPE html><html>Sign in</html>', 200, 'not JSON'],
  ])('%s: has an error with its own status', async (_name, body, status, why) => {
    const error = { status, unreadable: true, description: expect.stringContaining(why) };
    for (const read of [
      (client: Client) => client.listOrders('c'),
      (client: Client) => client.listSubscriptions('c'),
      (client: Client) => client.listEntitlements('c'),
      (client: Client) => client.listAzureEntitlements('c', 'plan'),
      (client: Client) => client.listCustomers(75),
      (client: Client) => client.getCustomer('c'),
    ]) {
      expect(await answerTo(read(answered(body, status)))).toMatchObject(error);
    }
  });
  type Client = ReturnType<typeof answered>;

  it.each([[{}], [{ items: null }], [{ items: 'x' }], [[]], [null], [{ code: 1, message: 'x' }]])(
    'is JSON that is no list: %j',
    async (body) => {
      const error = await answerTo(answered(JSON.stringify(body)).listOrders('c'));
      expect(error).toMatchObject({ status: 200, unreadable: true });
    },
  );

  it.each([
    { code: '800003', description: 'Try again.' },
    { Code: 20002 },
    { statusCode: 429, message: 'Try again.' },
    { code: '800003', totalCount: 0, items: [] },
    { code: '800003', id: 'c' },
  ])('is an error: %j', async (body) => {
    const client = answered(JSON.stringify(body));
    for (const read of [client.listOrders('c'), client.getCustomer('c')]) {
      expect(await answerTo(read)).toMatchObject({
        status: 200,
        unreadable: true,
        body: JSON.stringify(body),
        description: expect.stringContaining('is an error: '),
      });
    }
  });

  it('is not the name for one that is too large, or leads elsewhere: that would repeat', async () => {
    for (const body of [
      JSON.stringify({ items: Array(2_001).fill({ id: 'o' }) }),
      JSON.stringify({ items: [], links: { next: { uri: 'https://evil.example/v1/x' } } }),
      JSON.stringify({ items: [{ id: '..' }] }),
      '['.repeat(100) + ']'.repeat(100),
      `{"items":[]}${' '.repeat(1024 * 1024)}`,
    ]) {
      const error = await answerTo(answered(body).listOrders('c'));
      expect(error).toMatchObject({ status: 200 });
      expect(error).not.toHaveProperty('unreadable');
    }
  });
});

describe('a list that counts', () => {
  it.each([
    [{ totalCount: 2, items: items(0, 1) }, 'has 1 items, but counts 2'],
    [{ totalCount: 1, items: [] }, 'has 0 items, but counts 1'],
    [{ totalCount: 1, items: items(0, 2) }, 'has 2 items, but counts 1'],
    [{ totalCount: 0, items: items(0, 1) }, 'has 1 items, but counts 0'],
  ])('its items wrongly is no answer: %j', async (answer, why) => {
    expect(await answerTo(list(answer))).toMatchObject({
      status: 200,
      unreadable: true,
      description: expect.stringContaining(why),
    });
  });

  it.each([
    [{ totalCount: 0, items: [] }, 0],
    [{ items: [] }, 0],
    [{ totalCount: null, items: items(0, 1) }, 1],
    [{ totalCount: '2', items: items(0, 2) }, 2],
  ])('its items correctly, or not at all, is an answer: %j', async (answer, length) => {
    expect(await list(answer)).toHaveLength(length);
  });

  /** Two pages, the second after the first. */
  const paged = (...pages: readonly object[]) => {
    const uri = '/v1/customers/c/orders?page=2';
    const { client } = answeringClient(({ call }) =>
      Response.json(call.endsWith('page=2') ? pages[1] : { ...pages[0], links: { next: { uri } } }),
    );
    return client.listOrders('c');
  };

  it('page by page, or all of them on each page, is an answer', async () => {
    const [first, second] = [items(0, 3), items(3, 5)];
    for (const [ofFirst, ofSecond] of [
      [3, 2],
      [5, 5],
      [5, 2],
      [undefined, 5],
    ]) {
      const pages = [
        { totalCount: ofFirst, items: first },
        { totalCount: ofSecond, items: second },
      ] as const;
      expect(await paged(...pages)).toHaveLength(5);
    }
  });

  it('its items wrongly on any page is no answer', async () => {
    const [first, second] = [items(0, 3), items(3, 5)];
    for (const [ofFirst, ofSecond] of [
      [4, 2],
      [3, 3],
      [6, 6],
    ]) {
      const pages = [
        { totalCount: ofFirst, items: first },
        { totalCount: ofSecond, items: second },
      ] as const;
      expect(await answerTo(paged(...pages))).toMatchObject({ unreadable: true });
    }
  });

  it('more items than the limit is not read to its end', async () => {
    const uri = '/v1/customers?size=100&page=2';
    const { client, sent } = answeringClient(() =>
      Response.json({ totalCount: 200, items: items(0, 100), links: { next: { uri } } }),
    );
    expect(await client.listCustomers(75)).toHaveLength(100);
    expect(sent).toHaveLength(1);
  });
});
