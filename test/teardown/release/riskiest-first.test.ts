import { describe, expect, it } from 'vitest';
import type { Purchase } from '../../../src/teardown/inventory/purchase.ts';
import type { Order, Subscription } from '../../../src/teardown/model/purchases.ts';
import {
  holdsBack,
  mayBecomeTooLate,
  riskiestFirst,
  splitByHold,
} from '../../../src/teardown/release/riskiest-first.ts';
import { DAY_MS, entitlement, line, NOW_MS, order, subscription } from '../builders.ts';

const ago = (days: number) => NOW_MS - days * DAY_MS;

function bySubscription(id: string, more: Partial<Subscription> = {}): Purchase {
  return { subscription: subscription({ id, ...more }), azureEntitlements: [] };
}

function byOrder(id: string, type: string | undefined, days: number, more: Partial<Order> = {}) {
  return {
    order: order({ id, createdMs: ago(days), ...more }),
    line: line(),
    ...(type && { entitlement: entitlement({ orderId: id, type }) }),
    azureEntitlements: [],
  } satisfies Purchase;
}

const undated = (id: string): Purchase => {
  const { createdMs: _none, ...rest } = subscription({ id });
  return { subscription: rest, azureEntitlements: [] };
};

const reviewed = byOrder('reviewed', 'reservedinstance', 1, { status: 'pending_review' });
const lateCommerce = bySubscription('late-commerce', { createdMs: ago(20) });
const lateSaas = bySubscription('late-saas', { productType: 'saas', createdMs: ago(3) });
const lateSoftware = byOrder('late-software', 'software', 31);
const lateTerm = bySubscription('late-term', { productType: 'software', createdMs: ago(7.5) });
const unknown = undated('unknown');
const perhapsSoftware = byOrder('perhaps-software', undefined, 40);
const commerce = bySubscription('commerce');
const saas = bySubscription('saas', { productType: 'saas', createdMs: ago(0.5) });
const reservation = byOrder('reservation', 'reservedinstance', 50);
const software = byOrder('software', 'software', 29);
const told = bySubscription('told', {
  createdMs: ago(20),
  cancellationAllowedUntilMs: NOW_MS,
});
const refunded = bySubscription('refunded', { productType: 'saas', refundableUntilMs: NOW_MS + 1 });
const plan = bySubscription('plan', { productType: 'azure', createdMs: ago(900) });

const idOf = ({ order: bought, subscription: sold }: Purchase) => sold?.id ?? bought?.id;
const sorted = (...purchases: Purchase[]) => riskiestFirst(purchases, NOW_MS).map(idOf);

describe('the purchases of a customer are sorted by how likely they are refused for good', () => {
  const all = [
    reviewed,
    // Their windows ended 13, 2, 1 and half a day ago.
    lateCommerce,
    lateSaas,
    lateSoftware,
    lateTerm,
    perhapsSoftware,
    unknown,
    commerce,
    saas,
    software,
    reservation,
    refunded,
    told,
    plan,
  ];
  const names = [
    ...['reviewed', 'late-commerce', 'late-saas', 'late-software', 'late-term'],
    ...['unknown', 'perhaps-software', 'commerce', 'saas', 'software', 'reservation'],
    ...['told', 'refunded', 'plan'],
  ];

  it.each([
    ['as they come', all],
    ['from the other end', all.toReversed()],
    ['in the middle', [...all.slice(7), ...all.slice(0, 7)]],
  ])('%s', (_how, purchases) => {
    expect(sorted(...purchases)).toEqual(names);
  });

  it('by the window that ended first, and else by the one that ends first', () => {
    const later = bySubscription('later', { createdMs: ago(8) });
    expect(sorted(later, lateCommerce)).toEqual(['late-commerce', 'later']);
    const older = bySubscription('older', { createdMs: ago(6) });
    expect(sorted(commerce, older)).toEqual(['older', 'commerce']);
  });

  it('and a window is over after its last moment', () => {
    const lastMoment = bySubscription('last-moment', { createdMs: ago(7) });
    const over = bySubscription('over', { createdMs: ago(7) - 1 });
    expect(sorted(unknown, lastMoment, over)).toEqual(['over', 'unknown', 'last-moment']);
  });

  it('from its renewal', () => {
    const renewed = { createdMs: ago(300), effectiveStartMs: ago(2) };
    expect(sorted(bySubscription('renewed', renewed), lateSaas)).toEqual(['late-saas', 'renewed']);
  });

  it('by what the service says, where that is over, whatever the articles say', () => {
    const given = { cancellationAllowedUntilMs: NOW_MS - 1 };
    expect(sorted(unknown, bySubscription('given', given))).toEqual(['given', 'unknown']);
    const lessRefunded = bySubscription('less-refunded', { refundableUntilMs: NOW_MS - 1 });
    expect(sorted(told, lessRefunded)).toEqual(['less-refunded', 'told']);
  });
});

describe('what is pending holds back', () => {
  it.each([reviewed, lateCommerce, lateSaas, lateSoftware, unknown, perhapsSoftware])(
    'what is less risky, where it may be refused for good: $order.id $subscription.id',
    (pending) => {
      expect(holdsBack(pending, NOW_MS)).toBe(true);
      const { free, held } = splitByHold([plan, pending, commerce, reviewed], [pending], NOW_MS);
      expect(held).toEqual([plan, commerce]);
      expect(free).toEqual([pending, reviewed]);
    },
  );

  it.each([commerce, saas, software, reservation, told, plan])(
    'nothing, where it is hardly refused: $order.id $subscription.id',
    (pending) => {
      expect(holdsBack(pending, NOW_MS)).toBe(false);
      const { free } = splitByHold([plan, unknown, lateCommerce], [pending], NOW_MS);
      expect(free).toEqual([plan, unknown, lateCommerce]);
    },
  );

  it('by the riskiest of several', () => {
    const { free } = splitByHold([commerce, unknown, lateSaas], [unknown, lateSaas], NOW_MS);
    expect(free).toEqual([lateSaas]);
  });
});

describe('a refusal for a time', () => {
  it.each([reviewed, lateSoftware, unknown, commerce, saas])(
    'may become one for good: $order.id $subscription.id',
    (purchase) => {
      expect(mayBecomeTooLate(purchase, NOW_MS)).toBe(true);
    },
  );

  it.each([software, reservation, told, plan])(
    'hardly becomes one for good: $order.id $subscription.id',
    (purchase) => {
      expect(mayBecomeTooLate(purchase, NOW_MS)).toBe(false);
    },
  );
});
