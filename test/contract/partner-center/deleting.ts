import { expect, test } from 'vitest';
import type { Contract } from './contract.ts';
import { errorOf, read } from './customer.ts';
import {
  deleteCustomer,
  getCustomer,
  listCustomers,
  listOrders,
  listSubscriptions,
} from './requests.ts';
import { Customer, collectionOf } from './shapes.ts';
import { patience, until } from './waiting.ts';
import type { Writing } from './writing.ts';

/** The last of all, when everything has been ended that can be. */
export function deleting(contract: Contract, { id, kept }: Writing): void {
  const { ask, seen, time } = contract;

  test('the customer is deleted with 204, unless something could not be ended', async () => {
    const { domain } = (await read(contract, getCustomer(id), Customer)).companyProfile;
    const asking = () => ask(deleteCustomer(id));
    const isDone = ({ status }: { status: number }) => status === 204 || kept.size > 0;
    const answer = await until(time, patience.purchase, asking, isDone);
    seen.note('DELETE', answer.status === 204 ? 204 : errorOf(answer));
    if (answer.status !== 204) {
      expect([...kept]).not.toEqual([]);
      expect(contract.mustEnd).not.toBe('deleted');
      await read(contract, getCustomer(id), Customer);
      return;
    }
    expect(contract.mustEnd).not.toBe('kept');
    expect(answer.text).toBe('');
    const path = `/v1/domains/${encodeURIComponent(domain)}`;
    seen.note('HEAD of its domain', (await ask({ method: 'HEAD', path })).status);
    const calls = [getCustomer(id), listOrders(id), listSubscriptions(id), deleteCustomer(id)];
    for (const question of calls) seen.note('a deleted customer', errorOf(await ask(question)));
    const { items } = await read(contract, listCustomers(), collectionOf(Customer));
    expect(items.map((each) => each.id.toLowerCase())).not.toContain(id);
  });
}
