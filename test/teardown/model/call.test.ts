import { describe, expect, it } from 'vitest';
import {
  type Call,
  describeCall,
  orderIdsOfCall,
  perform,
} from '../../../src/teardown/model/call.ts';
import type { PartnerCenterWriter } from '../../../src/teardown/model/partner-center.ts';
import { line, subscription } from '../builders.ts';

const lines = [line(), line({ lineItemNumber: 2 })];
const entitlement = { id: 'azure-1', planId: 'plan', status: 'active' };
const { orderId: _none, ...orderless } = subscription();

const calls: readonly (readonly [Call, string, readonly string[], readonly unknown[]])[] = [
  [
    { kind: 'cancel-order', orderId: 'o' },
    'PATCH /v1/customers/c/orders/o (status cancelled)',
    ['o'],
    ['cancelOrder', 'c', 'o', undefined],
  ],
  [
    { kind: 'cancel-order', orderId: 'o', lines },
    'PATCH /v1/customers/c/orders/o (status cancelled, only line 0, 2)',
    ['o'],
    ['cancelOrder', 'c', 'o', lines],
  ],
  [
    { kind: 'end-subscription', subscription: subscription(), status: 'deleted' },
    'PATCH /v1/customers/c/subscriptions/subscription-1 (status deleted)',
    ['order-1'],
    ['endSubscription', 'c', subscription(), 'deleted'],
  ],
  [
    { kind: 'end-subscription', subscription: orderless, status: 'suspended' },
    'PATCH /v1/customers/c/subscriptions/subscription-1 (status suspended)',
    ['subscription-1'],
    ['endSubscription', 'c', orderless, 'suspended'],
  ],
  [
    { kind: 'turn-off-auto-renew', subscription: subscription() },
    'PATCH /v1/customers/c/subscriptions/subscription-1 (auto-renew off)',
    ['order-1'],
    ['turnOffAutoRenew', 'c', subscription()],
  ],
  [
    { kind: 'activate-subscription', subscription: subscription() },
    'POST /v1/customers/c/subscriptions/subscription-1/activate',
    ['order-1'],
    ['activateSubscription', 'c', subscription()],
  ],
  [
    { kind: 'cancel-azure-entitlement', entitlement },
    'POST /v1/customers/c/subscriptions/plan/azureEntitlements/azure-1/cancel',
    [],
    ['cancelAzureEntitlement', 'c', entitlement],
  ],
  [{ kind: 'delete-customer' }, 'DELETE /v1/customers/c', [], ['deleteCustomer', 'c']],
];

describe.each(calls)('the call %o', (call, words, orderIds, made) => {
  it('is described, with the orders that it is about', () => {
    expect(describeCall('c', call)).toBe(words);
    expect(orderIdsOfCall(call)).toEqual(orderIds);
  });

  it('is made, and no other', async () => {
    const done: unknown[] = [];
    const note =
      (name: string) =>
      async (...values: unknown[]) => {
        done.push([name, ...values]);
        return 'done' as const;
      };
    const writer: PartnerCenterWriter = {
      cancelOrder: note('cancelOrder'),
      endSubscription: note('endSubscription'),
      turnOffAutoRenew: note('turnOffAutoRenew'),
      activateSubscription: note('activateSubscription'),
      cancelAzureEntitlement: note('cancelAzureEntitlement'),
      deleteCustomer: note('deleteCustomer'),
    };
    await perform(writer, 'c', call);
    expect(done).toEqual([made]);
  });
});
