import { describe, expect, test } from 'vitest';
import type { SandboxSettings } from '../../src/core/settings.ts';
import type { CustomerSpec } from '../../src/core/spec.ts';
import { cancelled, createFixture, withStatus } from '../fixture.ts';

/** Every call that writes, on a customer with something for each. */
function seed(
  spec: Pick<CustomerSpec, 'account' | 'accountForMs'>,
  settings: Partial<SandboxSettings>,
) {
  const fixture = createFixture(settings);
  const { customerId, purchases } = fixture.sandbox.addCustomer({
    ...spec,
    purchases: [
      { kind: 'reservation' },
      { kind: 'licence' },
      { kind: 'azure-plan' },
      { kind: 'saas', activated: false },
    ],
  });
  const customer = `/v1/customers/${customerId}`;
  const [order = ''] = purchases[0]?.orderIds ?? [];
  const subscription = (index: number) =>
    `${customer}/subscriptions/${purchases[index]?.subscriptionIds[0]}`;
  const azure = `${subscription(2)}/azureEntitlements/${purchases[2]?.azureEntitlementIds[0]}`;
  const transactions = () =>
    [
      fixture.call('PATCH', `${customer}/orders/${order}`, cancelled(order)),
      fixture.call('PATCH', subscription(1), withStatus(fixture, subscription(1), 'suspended')),
      fixture.call('POST', `${azure}/cancel`, { cancellationReason: 'compromise' }),
      fixture.call('POST', `${subscription(3)}/activate`),
    ].map(({ status, json }) => [status, json['code']]);
  return { fixture, customer, transactions };
}

describe('a customer with whom no transaction is possible', () => {
  test.each([
    ['under-review', '800073'],
    ['not-approved', '800075'],
    ['agreement-missing', '900124'],
    ['reseller-program-inactive', '800039'],
  ] as const)('(%s) refuses every write with 403 %s, and can be read', (account, code) => {
    const { fixture, customer, transactions } = seed({ account }, {});
    expect(new Set(transactions().map(String))).toEqual(new Set([`403,${code}`]));
    const deletion = fixture.call('DELETE', customer);
    expect([deletion.status, deletion.json['code']]).toEqual([403, code]);
    expect(fixture.call('GET', `${customer}/orders`).status).toBe(200);
    expect(fixture.sandbox.state().writes).toEqual([]);
  });

  test('has the other code for the same, and the review ends in its time', () => {
    const { fixture, transactions } = seed(
      { account: 'under-review', accountForMs: 10 },
      { underReviewCode: '800074' },
    );
    fixture.clock.advance(9);
    expect(transactions()[0]).toEqual([403, '800074']);
    fixture.clock.advance(1);
    expect(transactions()).toEqual(Array.from({ length: 4 }, () => [200, undefined]));
  });

  test('can be deleted all the same where DELETE is no transaction', () => {
    const fixture = createFixture({ accountBlocksDeletion: false });
    const { customerId } = fixture.sandbox.addCustomer({ account: 'under-review' });
    expect(fixture.call('DELETE', `/v1/customers/${customerId}`).status).toBe(204);
  });
});

test.each([
  ['agreement-missing', '900124'],
  ['reseller-program-inactive', '800039'],
  ['program-inactive', '900149'],
] as const)(
  'a partner’s own account (%s) refuses for every customer: 403 %s',
  (partnerAccount, code) => {
    const { transactions } = seed({}, { partnerAccount });
    expect(new Set(transactions().map(String))).toEqual(new Set([`403,${code}`]));
  },
);
