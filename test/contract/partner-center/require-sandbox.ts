import * as v from 'valibot';
import { listCustomers, seekCustomers } from './requests.ts';
import type { Ask } from './sender.ts';
import { Customer, collectionOf } from './shapes.ts';

/** "75 customers", article test-and-debug. */
const CUSTOMERS_OF_A_SANDBOX = 75;

/**
 * Makes sure, before anything is written, that the account is no bigger than a sandbox can be: cancelling is legal in
 * production, and no field of the API tells the two apart.
 *
 * @throws Error if it has more customers, or does not say how many.
 */
export async function requireSandbox(ask: Ask): Promise<void> {
  let customers = 0;
  let answer = await ask(listCustomers());
  for (let pages = 0; pages <= CUSTOMERS_OF_A_SANDBOX; pages += 1) {
    if (answer.status !== 200) {
      throw new Error(
        `The customers cannot be counted (status ${answer.status}), so nothing shows that this is a sandbox: the contract suite writes nothing.`,
      );
    }
    const page = v.parse(collectionOf(Customer), answer.json);
    customers += page.items.length;
    if (customers > CUSTOMERS_OF_A_SANDBOX) {
      throw new Error(
        `The account has more than ${CUSTOMERS_OF_A_SANDBOX} customers, so it is no sandbox: the contract suite writes nothing.`,
      );
    }
    if (typeof page.continuationToken !== 'string') return;
    answer = await ask(seekCustomers(page.continuationToken));
  }
  throw new Error('The list of customers does not end: the contract suite writes nothing.');
}
