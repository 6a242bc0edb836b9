import { describe, expect, it } from 'vitest';
import type { Call } from '../../../src/teardown/model/call.ts';
import type { OrderLine } from '../../../src/teardown/model/purchases.ts';
import { mergeOrderCalls } from '../../../src/teardown/release/merge-order-calls.ts';
import { line, order, subscription } from '../builders.ts';

const zero = line();
const one = line({ lineItemNumber: 1 });
const two = line({ lineItemNumber: 2 });
const orders = [order({ lines: [zero, one, two] }), order({ id: 'order-2', lines: [line()] })];
const cancel = (...lines: readonly OrderLine[]): Call => ({
  kind: 'cancel-order',
  orderId: 'order-1',
  ...(lines.length > 0 && { lines }),
});

describe('the calls for one order become one', () => {
  it.each([
    ['a single line stays a single line', [cancel(zero)], cancel(zero)],
    ['two lines of three', [cancel(zero), cancel(two)], cancel(zero, two)],
    ['a line asked for twice is named once', [cancel(one), cancel(one)], cancel(one)],
    ['all lines are the whole order', [cancel(zero), cancel(one), cancel(two)], cancel()],
    ['the whole order takes in a line before it', [cancel(zero), cancel()], cancel()],
    ['the whole order takes in a line after it', [cancel(), cancel(zero)], cancel()],
    ['the whole order twice', [cancel(), cancel()], cancel()],
  ])('%s', (_name, calls, merged) => {
    expect(mergeOrderCalls(calls, orders)).toEqual([merged]);
  });

  it('without naming lines where those left out came to quantity 0', () => {
    const gone = line({ lineItemNumber: 1, quantity: 0 });
    expect(mergeOrderCalls([cancel(zero)], [order({ lines: [zero, gone] })])).toEqual([cancel()]);
  });

  it('without naming lines of an order that is not listed', () => {
    expect(mergeOrderCalls([cancel(zero)], [])).toEqual([cancel()]);
  });

  it('and other orders and other calls keep theirs, in their places', () => {
    const end: Call = { kind: 'end-subscription', subscription: subscription(), status: 'deleted' };
    const other: Call = { kind: 'cancel-order', orderId: 'order-2' };
    expect(mergeOrderCalls([end, cancel(zero), other, end, cancel(one)], orders)).toEqual([
      end,
      cancel(zero, one),
      other,
      end,
    ]);
  });
});
