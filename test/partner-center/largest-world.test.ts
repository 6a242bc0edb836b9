import { expect, it } from 'vitest';
import { MAX_ITEMS } from '../../src/partner-center/paginate.ts';
import type { Inventory } from '../../src/teardown/inventory/inventory.ts';
import { decide } from '../../src/teardown/release/decide.ts';
import { growthOf, MAX_GROWTH } from '../security/linear-time.ts';
import { entitlement, inventory, line, NOW_MS, order, subscription } from '../teardown/builders.ts';

/** More than the client reads, because at its own limit most decisions are too quick to be measured. */
const MAX_LENGTH = 4 * MAX_ITEMS;

/** Lists as short as the client's may be compared each with each: the square takes 16 times as long, the cube 64 times. */
const MAX_SQUARE_GROWTH = 3 * MAX_GROWTH;

/** A customer whose lists have an item for each number. */
type WorldOf = (numbers: readonly number[]) => Partial<Inventory>;

const worlds: Readonly<Record<string, WorldOf>> = {
  'orders with an entitlement each': (numbers) => ({
    orders: numbers.map((id) => order({ id: `o${id}` })),
    entitlements: numbers.map((id) => entitlement({ orderId: `o${id}` })),
  }),
  'one order of many lines and many entitlements': (numbers) => ({
    orders: [order({ lines: numbers.map((lineItemNumber) => line({ lineItemNumber })) })],
    entitlements: numbers.map((lineItemNumber) => entitlement({ lineItemNumber })),
  }),
  'one order, again and again, with entitlements of as many types': (numbers) => ({
    orders: numbers.map(() => order({ lines: [] })),
    entitlements: numbers.map((type) => entitlement({ type: `t${type}` })),
  }),
  'lines that all name the same of many subscriptions': (numbers) => ({
    orders: [
      order({
        lines: numbers.map((lineItemNumber) => line({ lineItemNumber, subscriptionId: 's' })),
      }),
    ],
    subscriptions: numbers.map(() => subscription({ id: 's' })),
  }),
  'add-ons that hang on each other in one long chain': (numbers) => ({
    subscriptions: numbers.map((id) =>
      subscription({ id: `s${id}`, orderId: `o${id}`, parentSubscriptionId: `s${id + 1}` }),
    ),
  }),
  'one Azure plan, again and again, with many Azure subscriptions': (numbers) => ({
    subscriptions: numbers.map(() => subscription({ id: 'plan', productType: 'azure' })),
    azureEntitlements: numbers.map((id) => ({ id: `a${id}`, planId: 'x', status: 'active' })),
  }),
};

// A decision blocks every other check of the instance.
it.each(Object.entries(worlds))(
  'a decision takes no more than the square of the lists in time: %s',
  async (_name, worldOf) => {
    const decideFor = (length: number): void => {
      const numbers = Array.from({ length }, (_each, index) => index);
      decide(inventory(worldOf(numbers)), NOW_MS, NOW_MS);
    };
    expect(await growthOf(decideFor, MAX_LENGTH, MAX_SQUARE_GROWTH)).toBeLessThan(
      MAX_SQUARE_GROWTH,
    );
  },
);
