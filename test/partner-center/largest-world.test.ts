import { expect, it } from 'vitest';
import { MAX_ITEMS } from '../../src/partner-center/paginate.ts';
import { decide } from '../../src/teardown/release/decide.ts';
import { cpuMs } from '../security/linear-time.ts';
import { entitlement, inventory, line, NOW_MS, order, subscription } from '../teardown/builders.ts';

/** As large as the client lets a world become; a decision blocks every other check of the instance. */
const numbers = Array.from({ length: MAX_ITEMS }, (_each, index) => index);
const lines = numbers.map((lineItemNumber) => line({ lineItemNumber, subscriptionId: 's' }));

it.each([
  [
    'orders with an entitlement each',
    {
      orders: numbers.map((id) => order({ id: `o${id}` })),
      entitlements: numbers.map((id) => entitlement({ orderId: `o${id}` })),
    },
  ],
  [
    'one order of many lines and many entitlements',
    {
      orders: [order({ lines: numbers.map((lineItemNumber) => line({ lineItemNumber })) })],
      entitlements: numbers.map((lineItemNumber) => entitlement({ lineItemNumber })),
    },
  ],
  [
    'one order, again and again, with entitlements of as many types',
    {
      orders: numbers.map(() => order({ lines: [] })),
      entitlements: numbers.map((type) => entitlement({ type: `t${type}` })),
    },
  ],
  [
    'lines that all name the same of many subscriptions',
    { orders: [order({ lines })], subscriptions: numbers.map(() => subscription({ id: 's' })) },
  ],
  [
    'add-ons that hang on each other in one long chain',
    {
      subscriptions: numbers.map((id) =>
        subscription({ id: `s${id}`, orderId: `o${id}`, parentSubscriptionId: `s${id + 1}` }),
      ),
    },
  ],
  [
    'one Azure plan, again and again, with many Azure subscriptions',
    {
      subscriptions: numbers.map(() => subscription({ id: 'plan', productType: 'azure' })),
      azureEntitlements: numbers.map((id) => ({ id: `a${id}`, planId: 'x', status: 'active' })),
    },
  ],
])('a decision over %s takes no more than a moment', (_name, world) => {
  const before = process.threadCpuUsage();
  decide(inventory(world), NOW_MS, NOW_MS);
  const spentMs = cpuMs(before);
  console.log(`the largest world: ${spentMs.toFixed(0)} ms of the processor`);
  // Of the processor, not of the clock: a busy machine makes no difference.
  expect(spentMs).toBeLessThan(2_000);
});
