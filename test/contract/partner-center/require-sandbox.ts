import * as v from 'valibot';
import { Customer, collectionOf } from './shapes.ts';

/** "75 customers", article test-and-debug. */
const CUSTOMERS_OF_A_SANDBOX = 75;

type Call = (
  method: string,
  path: string,
  more?: { readonly headers?: Readonly<Record<string, string>> },
) => Promise<Response>;

/**
 * Makes sure, before anything is written, that the account is no bigger than a sandbox can be: cancelling is legal in
 * production, and no field of the API tells the two apart.
 *
 * @throws Error if it has more customers, or does not say how many.
 */
export async function requireSandbox(call: Call): Promise<void> {
  let customers = 0;
  let response = await call('GET', '/customers?size=100');
  for (let pages = 0; pages <= CUSTOMERS_OF_A_SANDBOX; pages += 1) {
    if (response.status !== 200) {
      throw new Error(
        `The customers cannot be counted (status ${response.status}), so nothing shows that this is a sandbox: the contract suite writes nothing.`,
      );
    }
    const page = v.parse(collectionOf(Customer), await response.json());
    customers += page.items.length;
    if (customers > CUSTOMERS_OF_A_SANDBOX) {
      throw new Error(
        `The account has more than ${CUSTOMERS_OF_A_SANDBOX} customers, so it is no sandbox: the contract suite writes nothing.`,
      );
    }
    if (typeof page.continuationToken !== 'string') return;
    const headers = { 'MS-ContinuationToken': page.continuationToken };
    response = await call('GET', '/customers?seekOperation=Next', { headers });
  }
  throw new Error('The list of customers does not end: the contract suite writes nothing.');
}
