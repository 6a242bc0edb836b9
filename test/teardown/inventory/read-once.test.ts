import { expect, it } from 'vitest';
import { readOnce } from '../../../src/teardown/inventory/read-once.ts';
import type { PartnerCenterReader } from '../../../src/teardown/model/partner-center.ts';

it('each list of each customer and plan is read once', async () => {
  const asked: string[] = [];
  const read = (what: string) => {
    asked.push(what);
    return Promise.resolve([{ id: what }]);
  };
  const reader = readOnce({
    listOrders: (id: string) => read(`orders of ${id}`),
    listSubscriptions: (id: string) => read(`subscriptions of ${id}`),
    listAzureEntitlements: (id: string, planId: string) => read(`${planId} of ${id}`),
  } as unknown as PartnerCenterReader);
  const readAll = async () => {
    const lists = ['a', 'b'].flatMap((id) => [
      reader.listOrders(id),
      reader.listSubscriptions(id),
      ...['p', 'q'].map((planId) => reader.listAzureEntitlements(id, planId)),
    ]);
    return (await Promise.all(lists)).flat().map(({ id }) => id);
  };
  const all = ['a', 'b'].flatMap((id) => [
    `orders of ${id}`,
    `subscriptions of ${id}`,
    ...['p', 'q'].map((planId) => `${planId} of ${id}`),
  ]);
  expect(await readAll()).toEqual(all);
  expect(await readAll()).toEqual(all);
  expect(asked).toEqual(all);
});

it('a customer is taken from the list of customers once that was read, and only where it shows that customer', async () => {
  const asked: string[] = [];
  const reader = readOnce({
    listCustomers: async () => [{ id: 'a' }, { id: 'b', domain: 'b.example' }],
    getCustomer: async (id: string) => {
      asked.push(id);
      return { id, domain: 'asked.example' };
    },
  } as unknown as PartnerCenterReader);
  expect(await reader.getCustomer('b')).toEqual({ id: 'b', domain: 'asked.example' });
  expect(await reader.listCustomers(76)).toHaveLength(2);
  expect(await reader.getCustomer('b')).toEqual({ id: 'b', domain: 'b.example' });
  expect(await reader.getCustomer('c')).toEqual({ id: 'c', domain: 'asked.example' });
  expect(asked).toEqual(['b', 'c']);
});
