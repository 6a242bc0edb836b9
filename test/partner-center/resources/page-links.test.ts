import { describe, expect, it } from 'vitest';
import { API_URL, answeringClient, answerTo } from '../answering-client.ts';

/** A list of orders whose first page links to its second so. */
function linkedBy(uri: string) {
  const { client, sent } = answeringClient(({ call }) =>
    Response.json(
      call.includes('page=2')
        ? { items: [{ id: 'o2' }] }
        : { items: [{ id: 'o1' }], links: { next: { uri, method: 'GET', headers: [] } } },
    ),
  );
  return { list: client.listOrders('c'), sent };
}

describe('a link to the next page', () => {
  it.each([
    '/customers/c/orders?page=2',
    '/v1/customers/c/orders?page=2',
    '/V1/customers/c/orders?page=2',
    '//v1/customers/c/orders?page=2',
    '//V1/Customers/C/Orders?page=2',
    '///v1/customers/c/orders?page=2',
    'customers/c/orders?page=2',
    'v1/customers/c/orders?page=2',
    'V1/customers/c/orders?page=2',
    `${API_URL}/v1/customers/c/orders?page=2`,
    `${API_URL}/V1/customers/c/orders?page=2`,
    `${API_URL}//v1/customers/c/orders?page=2`,
    '/v1//customers/c/orders?page=2',
    '/v1/customers/c/orders/?page=2',
    `${API_URL}:443/v1/customers/c/orders?page=2`,
    `${API_URL.toUpperCase()}/v1/customers/c/orders?page=2`,
  ])("%s is the API's own", async (uri) => {
    const { list, sent } = linkedBy(uri);
    expect((await list).map(({ id }) => id)).toEqual(['o1', 'o2']);
    expect(sent.map(({ call }) => call)).toEqual([
      'GET /v1/customers/c/orders',
      'GET /v1/customers/c/orders?page=2',
    ]);
  });

  it.each([
    '//evil.example/v1/customers/c/orders?page=2',
    '//v1.evil.example/customers/c/orders?page=2',
    '//v1@evil.example/customers/c/orders?page=2',
    'https://[/v1/customers/c/orders?page=2',
    '/\\v1/customers/c/orders?page=2',
    '//v1//evil.example/customers/c/orders?page=2',
    '/v1/v1/customers/c/orders?page=2',
    '/customers/v1/c/orders?page=2',
    '/v1/customers/c/v1/orders?page=2',
    '/v2/customers/c/orders?page=2',
    '/v1/customers/d/orders?page=2',
    '/v1/customers/c/../d/orders?page=2',
    '?page=2',
    'http://partner-center.invalid/v1/customers/c/orders?page=2',
    `${API_URL}:8443/v1/customers/c/orders?page=2`,
    `${API_URL}.evil.example/v1/customers/c/orders?page=2`,
    'javascript:customers/c/orders?page=2',
  ])('%s is refused and not followed', async (uri) => {
    const { list, sent } = linkedBy(uri);
    expect((await answerTo(list))?.description).toContain('which is refused');
    expect(sent).toHaveLength(1);
  });
});
