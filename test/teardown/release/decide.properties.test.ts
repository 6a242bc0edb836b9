import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Inventory } from '../../../src/teardown/inventory/inventory.ts';
import { type Call, orderIdsOfCall } from '../../../src/teardown/model/call.ts';
import type { Entitlement, Order, Subscription } from '../../../src/teardown/model/purchases.ts';
import { decide } from '../../../src/teardown/release/decide.ts';
import { runs } from '../../runs.ts';
import { DAY_MS, entitlement, inventory, line, NOW_MS, order, subscription } from '../builders.ts';

const SEED = 20261122;

/** A customer with up to four orders, each with up to three lines, some with subscriptions, in any state. */
const world: fc.Arbitrary<Inventory> = fc
  .array(
    fc.record({
      status: fc.constantFrom('completed', 'pending', 'cancelled', 'unknown', 'novel'),
      ageDays: fc.integer({ min: 0, max: 90 }),
      lines: fc.array(
        fc.record({
          quantity: fc.integer({ min: 0, max: 3 }),
          product: fc.constantFrom('reservation', 'onlineservicesnce', 'saas', 'software', 'novel'),
          status: fc.constantFrom('active', 'suspended', 'pending', 'deleted', 'expired', 'novel'),
        }),
        { maxLength: 3 },
      ),
    }),
    { maxLength: 4 },
  )
  .map((specs) => {
    const orders: Order[] = [];
    const subscriptions: Subscription[] = [];
    const entitlements: Entitlement[] = [];
    for (const [orderIndex, { status, ageDays, lines }] of specs.entries()) {
      const id = `order-${orderIndex}`;
      const createdMs = NOW_MS - ageDays * DAY_MS;
      const orderLines = lines.map(({ quantity, product, status: subscriptionStatus }, index) => {
        const subscriptionId = `${id}-${index}`;
        if (product === 'reservation') {
          entitlements.push(entitlement({ orderId: id, lineItemNumber: index }));
          return line({ lineItemNumber: index, quantity });
        }
        subscriptions.push(
          subscription({
            id: subscriptionId,
            orderId: id,
            productType: product,
            status: subscriptionStatus,
            createdMs,
          }),
        );
        return line({ lineItemNumber: index, quantity, subscriptionId });
      });
      orders.push(order({ id, status, createdMs, lines: orderLines }));
    }
    return inventory({ orders, subscriptions, entitlements });
  });

/** Written anew, from the rules: may this customer be deleted? */
function isFree({ orders, subscriptions }: Inventory): boolean {
  const over = ['deleted', 'expired', 'disabled'];
  const ended = (each: Subscription): boolean => over.includes(each.status);
  return (
    subscriptions.every(ended) &&
    orders.every(
      ({ status, lines }) =>
        status === 'cancelled' ||
        (lines.length > 0 &&
          lines.every(
            ({ quantity, subscriptionId }) => quantity === 0 || subscriptionId !== undefined,
          )),
    )
  );
}

function isOfUnknownProduct(call: Call): boolean {
  return call.kind === 'end-subscription' && call.subscription.productType === 'novel';
}

describe('for any customer', () => {
  it('deletion is decided exactly when nothing stands any more', () => {
    fc.assert(
      fc.property(world, (held) => {
        expect(decide(held, NOW_MS, NOW_MS).kind === 'delete').toBe(isFree(held));
      }),
      { seed: SEED, numRuns: runs(3_000) },
    );
  });

  it('no order is called twice, and none that is pending or cancelled at all', () => {
    fc.assert(
      fc.property(world, (held) => {
        const decision = decide(held, NOW_MS, NOW_MS);
        if (decision.kind !== 'release') return;
        const called = decision.now.flatMap((call) =>
          call.kind === 'cancel-order' ? [call.orderId] : [],
        );
        expect(new Set(called).size).toBe(called.length);
        for (const { id, status } of held.orders) {
          if (status === 'pending' || status === 'cancelled') expect(called).not.toContain(id);
        }
      }),
      { seed: SEED, numRuns: runs(3_000) },
    );
  });

  it('nothing is called where something can never be released, and no order older than 60 days', () => {
    fc.assert(
      fc.property(world, (held) => {
        const decision = decide(held, NOW_MS, NOW_MS);
        if (decision.kind !== 'release') return;
        const old = held.orders.filter(({ createdMs = 0 }) => NOW_MS - createdMs > 60 * DAY_MS);
        const cancelled = decision.now.filter(({ kind }) => kind === 'cancel-order');
        expect(
          cancelled.flatMap(orderIdsOfCall).filter((id) => old.some((each) => each.id === id)),
        ).toEqual([]);
        expect(decision.now.filter(isOfUnknownProduct)).toEqual([]);
      }),
      { seed: SEED, numRuns: runs(3_000) },
    );
  });

  it('the decision does not depend on the order in which the service lists things', () => {
    fc.assert(
      fc.property(world, (held) => {
        const turned: Inventory = {
          ...held,
          orders: held.orders.toReversed(),
          subscriptions: held.subscriptions.toReversed(),
          entitlements: held.entitlements?.toReversed(),
        };
        expect(decide(turned, NOW_MS, NOW_MS).kind).toBe(decide(held, NOW_MS, NOW_MS).kind);
      }),
      { seed: SEED, numRuns: runs(1_000) },
    );
  });
});
