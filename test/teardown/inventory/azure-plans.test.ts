import { describe, expect, it } from 'vitest';
import { isAzurePlan, isAzurePlanReleased } from '../../../src/teardown/inventory/azure-plans.ts';
import { subscription } from '../builders.ts';

const OFFER = 'DZH318Z0BPS6:0001:DZH318Z0BMTX';

describe('a subscription is an Azure plan, under which Azure subscriptions are listed', () => {
  it.each([
    ['by its offer', { offerId: OFFER, productType: '' }, true],
    ['by its offer, whatever its sub-type', { offerId: OFFER, productSubType: 'novel' }, true],
    ['by its type', { offerId: 'x', productType: 'azure' }, true],
    ['by its type and sub-type', { productType: 'azure', productSubType: 'azure' }, true],
    ['not by another offer', { offerId: `X${OFFER}`, productType: '' }, false],
    ['not with another sub-type', { productType: 'azure', productSubType: 'novel' }, false],
    ['not as legacy Azure', { offerId: 'MS-AZR-0145P', productType: 'azure' }, false],
    ['not as a benefit', { productType: 'azure', billingType: 'benefit' }, false],
    ['not as a benefit, by its offer', { offerId: OFFER, productSubType: 'savingsplan' }, false],
  ])('%s', (_how, more, isOne) => {
    expect(isAzurePlan(subscription(more))).toBe(isOne);
  });
});

describe('an Azure plan', () => {
  it.each(['suspended', 'deleted', 'expired'])('is released where it reads %s', (status) => {
    expect(isAzurePlanReleased(subscription({ status }))).toBe(true);
  });

  it.each(['active', 'disabled', 'pending', ''])('still stands where it reads "%s"', (status) => {
    expect(isAzurePlanReleased(subscription({ status }))).toBe(false);
  });
});
