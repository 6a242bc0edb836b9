import { describe, expect, it } from 'vitest';
import { isDue, slowCallId } from '../../../src/teardown/model/accepted-calls.ts';
import type { Call } from '../../../src/teardown/model/call.ts';
import { NOW_MS, subscription } from '../builders.ts';

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
];
const others: readonly Call[] = [
  { kind: 'turn-off-auto-renew', subscription: own },
  { kind: 'activate-subscription', subscription: own },
  { kind: 'delete-customer' },
];
const NOW = new Date(NOW_MS).toISOString();
const times = { startedMs: NOW_MS, nowMs: NOW_MS };

describe('an accepted call', () => {
  it.each(repeated)('$kind is known by what it ends, and not due again at once', (call, id) => {
    expect(slowCallId(call, 'accepted')).toBe(id);
    expect(isDue(call, { [id]: NOW }, times)).toBe(false);
    expect(isDue(call, { another: NOW }, times)).toBe(true);
    expect(isDue(call, undefined, times)).toBe(true);
  });

  it.each(others)('$kind is not remembered, and always due', (call) => {
    expect(slowCallId(call, 'accepted')).toBeUndefined();
    const accepted = { 'subscription-1': NOW, '': NOW };
    expect(isDue(call, accepted, times)).toBe(true);
  });

  it('that was done at once is not remembered, but for an Azure subscription', () => {
    expect(repeated.map(([call]) => slowCallId(call, 'done'))).toEqual([
      undefined,
      undefined,
      'azure-1',
    ]);
  });
});
