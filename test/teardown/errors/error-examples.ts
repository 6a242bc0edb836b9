import type { Operation } from '../../../src/teardown/model/partner-center-error.ts';

export interface Example {
  readonly row: string;
  readonly status: number;
  readonly code?: string | undefined;
  readonly operation: Operation;
  readonly meaning: string;
  readonly description?: string;
  readonly body?: string;
  readonly unreadable?: true;
}

/** `status/code operation` in short. */
function example(row: string, said: string, meaning: string, more: Partial<Example> = {}): Example {
  const [, status, code, operation] = /^(\d+)(?:\/(\d+))? ([a-z-]+)$/.exec(said) ?? [];
  return {
    row,
    status: Number(status),
    ...(code !== undefined && { code }),
    operation: operation as Operation,
    meaning,
    ...more,
  };
}

/** One real answer for each row of the table, in its order, and what it must mean. */
export const examples: readonly Example[] = [
  example('throttled', '429 list-orders', 'requeue'),
  example('request timed out', '408 cancel-order', 'requeue'),
  example('server error', '503/800003 delete-customer', 'requeue'),
  example('no answer', '0 list-orders', 'requeue', { description: 'socket hang up' }),
  example('no answer that can be read', '204 list-orders', 'requeue', { unreadable: true }),
  example('order in progress', '409/800060 cancel-order', 'requeue'),
  example('pending adjustment', '409/800014 cancel-order', 'requeue'),
  example(
    'Azure subscription on its way already',
    '409/900278 cancel-azure-entitlement',
    'already-released',
  ),
  example(
    'Azure subscription not active any more',
    '400/800012 cancel-azure-entitlement',
    'already-released',
  ),
  example('nothing under this subscription', '400/800012 list-azure-entitlements', 'go-on-without'),
  example('pending operation', '409/900278 end-subscription', 'requeue'),
  example('not ready to be updated', '409/800082 end-subscription', 'requeue'),
  example('updates not allowed for now', '400/900280 end-subscription', 'requeue'),
  example('expires by itself', '400/900277 end-subscription', 'requeue'),
  example('activated already', '400/800041 activate-subscription', 'requeue'),
  example('parent or child in between', '409/27009 end-subscription', 'requeue'),
  example('id not convertible yet', '400/2012 end-subscription', 'requeue'),
  example('etag out of date', '400/2055 end-subscription', 'requeue'),
  example('etag does not match', '412 end-subscription', 'requeue'),
  example('pre-condition failed', '417/800036 end-subscription', 'requeue'),
  example('Azure subscriptions still active', '403/900115 end-subscription', 'requeue'),
  example('customer under review', '403/800073 cancel-order', 'requeue'),
  example('production account', '403/800019 cancel-order', 'park not-a-sandbox'),
  example('not supported in this environment', '400/900127 delete-customer', 'park not-a-sandbox'),
  example(
    'app-only not supported for entitlements',
    '403/900329 list-entitlements',
    'go-on-without',
  ),
  example('partner agreement not accepted', '403/900124 cancel-order', 'park agreement-missing'),
  example('customer agreement not accepted', '403/13605 cancel-order', 'park agreement-missing'),
  example('partner programme not active', '403/800039 cancel-order', 'park agreement-missing'),
  example('customer not approved', '403/800075 cancel-order', 'park customer-not-approved'),
  example('customer locked', '403/900416 end-subscription', 'park customer-locked'),
  example('order only by its subscriptions', '400/800063 cancel-order', 'use-subscriptions'),
  example(
    'marketplace order only by its subscriptions',
    '403/800077 cancel-order',
    'use-subscriptions',
  ),
  example('legacy order only by its subscriptions', '403/900263 cancel-order', 'use-subscriptions'),
  example('legacy subscription only by its order', '403/900263 end-subscription', 'use-order'),
  example(
    'not supported for legacy subscriptions',
    '403/900263 cancel-azure-entitlement',
    'park cannot-cancel',
  ),
  example('to be activated first', '400/800081 end-subscription', 'activate-first'),
  example('order cannot be cancelled', '400/800061 cancel-order', 'park cannot-cancel'),
  example('cancellation window has passed', '400/900117 cancel-order', 'park cannot-cancel'),
  example('updates of this offer not allowed', '403/2006 end-subscription', 'park cannot-cancel'),
  example('updated too many times', '400/900311 end-subscription', 'park cannot-cancel'),
  example('suspended already', '400/800091 end-subscription', 'already-suspended'),
  example('status cannot change', '400/800096 end-subscription', 'park cannot-cancel'),
  example('not an active subscription', '400/800012 end-subscription', 'park cannot-cancel'),
  example('already deleted subscription', '400/2011 end-subscription', 'already-released'),
  example('savings plan', '403/900321 end-subscription', 'park savings-plan'),
  example('trial', '400/800107 end-subscription', 'park trial'),
  example('purchase order missing', '400/900252 cancel-order', 'park purchase-order-missing'),
  example('not supported at all', '400/900141 cancel-order', 'park cannot-cancel'),
  example('not eligible for this transaction', '400/4018 cancel-order', 'park cannot-cancel'),
  example('customer gone at its deletion', '404 delete-customer', 'customer-gone'),
  example('order not listed yet', '404/20000 cancel-order', 'requeue'),
  example('subscription not found', '404/20003 end-subscription', 'requeue'),
  example('no such thing of this customer', '404/20003 list-azure-entitlements', 'requeue'),
  example('customer not found', '404/60003 get-customer', 'customer-gone'),
  example('not found by a gateway', '404 get-customer', 'requeue', { body: '<html>404</html>' }),
  example('no relationship with this customer', '403/20002 list-orders', 'customer-gone'),
  example('invalid customer id', '400/900118 get-customer', 'customer-gone'),
  example('relationship does not exist', '400/3000 get-customer', 'customer-gone'),
  example('audience no longer supported', '401/900420 get-customer', 'park unauthorized'),
  example(
    'Azure cancellation not allowed',
    '403/900308 cancel-azure-entitlement',
    'park unauthorized',
  ),
  example('unauthorized', '401 get-customer', 'park unauthorized'),
  example('role or consent missing', '403/900150 cancel-order', 'park unauthorized'),
  example('forbidden without a code', '403 cancel-order', 'park unauthorized'),
  example(
    'cancellation reason invalid',
    '400/900307 cancel-azure-entitlement',
    'park invalid-request',
  ),
  example('request not understood', '400/800002 end-subscription', 'park invalid-request'),
  example('call not supported', '400/900141 list-orders', 'park invalid-request'),
  example('invalid property', '400/3000 end-subscription', 'park invalid-request'),
  example(
    'another change than the one asked for',
    '400/800090 end-subscription',
    'park invalid-request',
  ),
  example('renewal under way', '409 end-subscription', 'requeue'),
  example('deletion accepted in no documented way', '202 delete-customer', 'requeue'),
  example('deletion refused while purchases block', '400/2000 delete-customer', 'requeue', {
    description:
      'Customer relationship cannot be removed due to active Azure reserved instances.Please cancel the following orders: 0bed3bbca6c',
  }),
  example('deletion in conflict', '409 delete-customer', 'requeue'),
  example('deletion refused', '400/2000 delete-customer', 'park unexpected'),
];
