import { describe, expect, it } from 'vitest';
import type { Customer } from '../../src/teardown/purchases.ts';
import { planSweep, type SweepRules } from '../../src/teardown/sweep/plan-sweep.ts';
import { NOW_MS } from './builders.ts';

const GUID = 'abcdefab-2222-3333-4444-555555555555';
const customers: readonly Customer[] = [
  { id: 'a', domain: 'a.test.example' },
  { id: 'b', domain: 'b.test.example' },
  { id: GUID, domain: 'c.other.example' },
];
const plan = (rules: Partial<SweepRules>, held = customers) =>
  planSweep(held, { include: ['*.test.example'], mostCustomers: 10, ...rules }, [], NOW_MS);
const refused = (reason: string, explanation: string) => ({ kind: 'refused', reason, explanation });

describe('the plan of a sweep', () => {
  it('is every customer that any rule includes, and says how many of how many', () => {
    expect(plan({ include: ['b.*', 'a.*'] })).toEqual({
      kind: 'requested',
      customers: customers.slice(0, 2),
      explanation: '2 of 3 customers were requested.',
    });
  });

  it.each([GUID, GUID.toUpperCase()])('takes a customer by its id %s, and no other', (rule) => {
    const upper = [{ id: GUID.toUpperCase(), domain: 'c.other.example' }];
    expect(plan({ include: [rule] })).toMatchObject({ customers: [{ id: GUID }] });
    expect(plan({ include: [rule] }, upper)).toMatchObject({ customers: upper });
    expect(plan({ include: [rule.replace('2222', '9999')] })).toMatchObject({ customers: [] });
  });

  it('takes none by a domain that is not known', () => {
    expect(plan({ include: ['*'] }, [{ id: 'nameless' }])).toMatchObject({ customers: [] });
  });

  it('requests as many as the cap, and nothing at one more', () => {
    expect(plan({ mostCustomers: 2 }).kind).toBe('requested');
    expect(plan({ mostCustomers: 1 })).toEqual(
      refused(
        'too-many-matches',
        '2 customers match, more than SWEEP_MOST_CUSTOMERS (1), so nothing was requested.',
      ),
    );
  });

  it('requests below the number of free places, and nothing at it', () => {
    expect(plan({ whenFewerFreeThan: 73 }).kind).toBe('requested');
    expect(plan({ whenFewerFreeThan: 72 })).toEqual(
      refused('enough-places-free', '72 of 75 places are free, and the sweep only runs below 72.'),
    );
  });

  it('is made every night where no number of free places is given', () => {
    expect(plan({}, []).kind).toBe('requested');
  });

  it('is nothing without a rule', () => {
    expect(plan({ include: [] })).toEqual(
      refused('no-rules', 'SWEEP_INCLUDE names no customer and no domain, so there is no sweep.'),
    );
  });
});
