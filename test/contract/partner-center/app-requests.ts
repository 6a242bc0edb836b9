import type { partnerCenterClient } from '../../../src/partner-center/client.ts';
import * as requests from './requests.ts';

export type Client = ReturnType<typeof partnerCenterClient>;

const CUSTOMER = '42b5f772-5c5c-4bce-b9d7-bdadeecca411';
const ID = '87363db7-39ab-dd25-d371-94340aaa2f97';
const AZURE = '5b76b8c3-dd85-4096-bb2e-9804b1d7b383';
const ORDER = '2y6dF_rVgDAXMxypQPPnTquuXhKVK_3N1';
const OFFER = 'DG7GMGF0FKZV:0003:DG7GMGF0DWMS';

/** With what a smaller body would lose, and what no one has documented. */
const resource = {
  zone: { nested: [1, null, 'ü'], Status: 'of something else' },
  id: ID,
  offerId: 'CFQ7TTC0LH18:0001:CFQ7TTC0K971',
  friendlyName: 'a "name" of two\nlines',
  quantity: 3,
  status: 'active',
  autoRenewEnabled: true,
  scheduledNextTermInstructions: { product: { productId: 'CFQ7TTC0LH18' }, quantity: 2 },
  orderId: '34b37d7340cc',
  attributes: { objectType: 'Subscription' },
};
const withEtag = (etag: unknown) => ({ ...resource, attributes: { etag } });
const { autoRenewEnabled: _autoRenew, status: _status, ...bare } = resource;

const list = (...items: unknown[]) => ({ totalCount: items.length, items });
const line = { lineItemNumber: 0, offerId: OFFER, quantity: 1 };
const azure = { id: AZURE, planId: ID, status: 'active' };

interface Case {
  readonly call: keyof Client;
  readonly of?: string;
  /** What the app does, with the last of it compared. */
  readonly app: (client: Client) => Promise<unknown>;
  readonly asked: requests.Question;
  readonly answers?: readonly unknown[];
}

/** The app ends what it has listed. */
const listedFirst =
  (end: (client: Client, listed: Awaited<ReturnType<Client['listSubscriptions']>>[0]) => unknown) =>
  async (client: Client) => {
    const [listed] = await client.listSubscriptions(CUSTOMER);
    if (listed === undefined) throw new Error('Nothing was listed.');
    await end(client, listed);
  };

const ends = (of: string, listed: requests.Resource): Case[] =>
  (['deleted', 'suspended'] as const).map((status) => ({
    call: 'endSubscription',
    of: `${status}, ${of}`,
    app: listedFirst((client, found) => client.endSubscription(CUSTOMER, found, status)),
    asked: requests.endSubscription(CUSTOMER, listed, status),
    answers: [list(listed)],
  }));

const autoRenew = (of: string, listed: requests.Resource): Case => ({
  call: 'turnOffAutoRenew',
  of,
  app: listedFirst((client, found) => client.turnOffAutoRenew(CUSTOMER, found)),
  asked: requests.turnOffAutoRenew(CUSTOMER, listed),
  answers: [list(listed)],
});

const nextPage = (uri: string) => ({
  ...list({ id: CUSTOMER, companyProfile: {} }),
  links: { next: { uri, headers: [{ key: 'MS-ContinuationToken', value: 'AAQ+/=' }] } },
});

export const cases: readonly Case[] = [
  {
    call: 'listCustomers',
    app: (client) => client.listCustomers(100),
    asked: requests.listCustomers(),
    answers: [list()],
  },
  {
    call: 'listCustomers',
    of: 'a next page by its token',
    app: (client) => client.listCustomers(100),
    asked: requests.seekCustomers('AAQ+/='),
    answers: [{ ...list(), continuationToken: 'AAQ+/=' }, list()],
  },
  ...['/customers?seekOperation=Next', '/v1/customers?size=5&seekOperation=Next'].map(
    (uri): Case => ({
      call: 'listCustomers',
      of: `a next page by its link, ${uri}`,
      app: (client) => client.listCustomers(100),
      asked: requests.seekCustomers('AAQ+/=', uri.slice(uri.indexOf('?'))),
      answers: [nextPage(uri), list()],
    }),
  ),
  {
    call: 'organizationDomain',
    app: (client) => client.organizationDomain(),
    asked: requests.getOrganizationProfile(),
    answers: [{ domain: 'contoso.onmicrosoft.com' }],
  },
  {
    call: 'getCustomer',
    app: (client) => client.getCustomer(CUSTOMER),
    asked: requests.getCustomer(CUSTOMER),
    answers: [{ id: CUSTOMER, companyProfile: {} }],
  },
  {
    call: 'listEntitlements',
    app: (client) => client.listEntitlements(CUSTOMER),
    asked: requests.listEntitlements(CUSTOMER),
    answers: [list()],
  },
  {
    call: 'listOrders',
    app: (client) => client.listOrders(CUSTOMER),
    asked: requests.listOrders(CUSTOMER),
    answers: [list()],
  },
  {
    call: 'listSubscriptions',
    app: (client) => client.listSubscriptions(CUSTOMER),
    asked: requests.listSubscriptions(CUSTOMER),
    answers: [list()],
  },
  {
    call: 'listAzureEntitlements',
    app: (client) => client.listAzureEntitlements(CUSTOMER, ID),
    asked: requests.listAzureSubscriptions(CUSTOMER, ID),
    answers: [list()],
  },
  ...[ORDER, 'an id/with "all"?'].map(
    (id): Case => ({
      call: 'cancelOrder',
      of: id,
      app: (client) => client.cancelOrder(CUSTOMER, id),
      asked: requests.cancelOrder(CUSTOMER, id),
    }),
  ),
  ...[[line], [line, { ...line, lineItemNumber: 11, offerId: 'a "b"' }]].map(
    (lines): Case => ({
      call: 'cancelOrder',
      of: `${lines.length} lines`,
      app: (client) => client.cancelOrder(CUSTOMER, ORDER, lines),
      asked: requests.cancelLines(CUSTOMER, ORDER, lines),
    }),
  ),
  ...ends('without an etag', resource),
  ...ends('with an etag', withEtag('5920358838484612121')),
  ...ends('with a quoted etag', withEtag('"AAAC=="')),
  ...ends('with a weak etag', withEtag('W/"AAAC=="')),
  ...ends('with an empty etag', withEtag('')),
  ...ends('with a null etag', withEtag(null)),
  ...ends('without a status', bare),
  autoRenew('on', withEtag('AAAC==')),
  autoRenew('not told', bare),
  {
    call: 'activateSubscription',
    app: listedFirst((client, found) => client.activateSubscription(CUSTOMER, found)),
    asked: requests.activateSubscription(CUSTOMER, ID),
    answers: [list(resource)],
  },
  {
    call: 'cancelAzureEntitlement',
    app: (client) => client.cancelAzureEntitlement(CUSTOMER, azure),
    asked: requests.cancelAzureSubscription(CUSTOMER, ID, AZURE),
  },
  {
    call: 'deleteCustomer',
    app: (client) => client.deleteCustomer(CUSTOMER),
    asked: requests.deleteCustomer(CUSTOMER),
  },
];
