import { describe, expect, it } from 'vitest';
import {
  acceptedCallId,
  isDue,
  MIN_REPEAT_MS,
  withAccepted,
} from '../../../src/teardown/model/accepted-calls.ts';
import type { Call } from '../../../src/teardown/model/call.ts';
import { line, NOW_MS, subscription } from '../builders.ts';

const own = subscription({ id: 'subscription-1' });
const repeated: readonly (readonly [Call, string])[] = [
  [{ kind: 'cancel-order', orderId: 'order-1' }, 'order-1'],
  [{ kind: 'end-subscription', subscription: own, status: 'deleted' }, 'subscription-1'],
  [
    {
      kind: 'cancel-azure-entitlement',
      entitlement: { id: 'azure-1', planId: 'plan', status: 'active' },
    },
    'azure-1',
  ],
  [{ kind: 'activate-subscription', subscription: own }, 'activation of subscription-1'],
];
const others: readonly Call[] = [
  { kind: 'turn-off-auto-renew', subscription: own },
  { kind: 'delete-customer' },
];
const NOW = new Date(NOW_MS).toISOString();
const times = { startedMs: NOW_MS, nowMs: NOW_MS };

describe('an accepted call', () => {
  it.each(repeated)(
    '$kind is remembered by what it ends, and not due again at once',
    (call, id) => {
      expect(acceptedCallId(call)).toBe(id);
      expect(isDue(call, { [id]: NOW }, times)).toBe(false);
      expect(isDue(call, { [id.toUpperCase()]: NOW }, times)).toBe(false);
      expect(isDue(call, { another: NOW }, times)).toBe(true);
      expect(isDue(call, undefined, times)).toBe(true);
    },
  );

  it.each(others)('$kind is not remembered, and always due', (call) => {
    expect(acceptedCallId(call)).toBeUndefined();
    const accepted = { 'subscription-1': NOW, '': NOW };
    expect(isDue(call, accepted, times)).toBe(true);
  });

  it('without an id to remember it by leaves what was accepted before', () => {
    expect(withAccepted(undefined, [undefined], NOW_MS)).toBeUndefined();
    expect(withAccepted({ a: NOW }, [undefined, 'b'], NOW_MS)).toEqual({ a: NOW, b: NOW });
  });

  it('for some lines of an order differs from that for the rest', () => {
    const ofLine = (lineItemNumber: number): Call => ({
      kind: 'cancel-order',
      orderId: 'order-1',
      lines: [line({ lineItemNumber })],
    });
    const accepted = { [acceptedCallId(ofLine(0)) ?? '']: NOW };
    expect(isDue(ofLine(0), accepted, times)).toBe(false);
    expect(isDue(ofLine(1), accepted, times)).toBe(true);
  });

  it('of an order keeps a software subscription of it from being ended, and no other one', () => {
    const end = (more: Parameters<typeof subscription>[0]): Call => ({
      kind: 'end-subscription',
      subscription: subscription(more),
      status: 'deleted',
    });
    const software = end({ productType: 'software' });
    for (const accepted of [{ 'order-1': NOW }, { 'order-1#0': NOW }]) {
      expect(isDue(software, accepted, times)).toBe(false);
      expect(isDue(end({ productType: 'software', orderId: 'ORDER-1' }), accepted, times)).toBe(
        false,
      );
      expect(isDue(end({ productType: 'saas' }), accepted, times)).toBe(true);
    }
    expect(isDue(software, { 'order-2': NOW }, times)).toBe(true);
    const later = { ...times, nowMs: NOW_MS + MIN_REPEAT_MS };
    expect(isDue(software, { 'order-1': NOW }, later)).toBe(true);
  });
});
