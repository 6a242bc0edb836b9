import { MAX_CHECK_MS } from '../../../src/partner-center/api.ts';
import type { RawAnswer } from './answers.ts';
import { API_URL } from './client.ts';
import { hostileFetch } from './fetch.ts';
import { NOW_MS } from './fields.ts';
import { CUSTOMER } from './texts.ts';
import { page, type World } from './world.ts';

const OWN = `${API_URL}/v1/customers/${CUSTOMER}`;
const READ = new RegExp(
  `^GET ${API_URL}/v1/customers(\\?.*|/${CUSTOMER}(/(orders|subscriptions|entitlements|subscriptions/[^/?]+/azureEntitlements)(\\?.*)?)?)$`,
);
const WRITTEN = new RegExp(
  `^(DELETE ${OWN}|PATCH ${OWN}/(orders|subscriptions)/[^/?]+|POST ${OWN}/subscriptions/[^/?]+/azureEntitlements/[^/?]+/cancel)$`,
);

/** A Partner Center that is played by a world, on a clock of its own. */
export function hostilePartnerCenter(world: World) {
  const { writes, disturbances, tookMs } = world;
  // What must not be is kept for later: whatever `fetch` throws is only a broken connection to the client.
  const state = {
    nowMs: NOW_MS,
    checks: 0,
    checkBeganMs: NOW_MS,
    written: 0,
    strange: [] as string[],
  };
  const answerTo = ({ method, url }: Request): RawAnswer => {
    const isRead = method === 'GET';
    const call = `${method} ${url}`;
    if (!(isRead ? READ : WRITTEN).test(call)) state.strange.push(call);
    if (state.nowMs - state.checkBeganMs > MAX_CHECK_MS) state.strange.push(`too late: ${call}`);
    if (isRead) return turn(disturbances, read.requests) ?? listed(world, state.checks, url);
    state.written += 1;
    return turn(writes, state.written);
  };
  const { fetch, state: read } = hostileFetch(answerTo, () => {
    state.nowMs += turn(tookMs, read.requests);
  });
  return { fetch, state, read };
}

function turn<T>(list: readonly T[], number: number): T {
  return list[number % list.length] as T;
}

function listed(
  { customer, customers, index, paging, padding, miscount }: World,
  checks: number,
  url: string,
): RawAnswer {
  const [path = '', query = ''] = url.split('?');
  const name = path.split('/').at(-1);
  if (name === CUSTOMER) return { status: 200, headers: {}, body: JSON.stringify(customer) };
  const isFirst = !/page=2|seekOperation/.test(query);
  if (name === 'customers')
    return page(
      Array(customers).fill(customer),
      { paging: undefined, padding, miscount },
      path,
      isFirst,
    );
  const [, items] = Object.entries(turn(index, checks)).find(([each]) => each === name) ?? [];
  return page(items ?? [], { paging, padding, miscount }, path, isFirst);
}
