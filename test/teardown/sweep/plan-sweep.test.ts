import { describe, expect, it } from 'vitest';
import type { Customer } from '../../../src/teardown/model/purchases.ts';
import type { SweepRules } from '../../../src/teardown/model/sweep-rules.ts';
import { planSweep } from '../../../src/teardown/sweep/plan-sweep.ts';
import { NOW_MS } from '../builders.ts';

const OTHER = '99999999-2222-3333-4444-555555555555';
const GUID = 'abcdefab-2222-3333-4444-555555555555';
const A = 'aaaaaaaa-2222-3333-4444-555555555555';
const B = 'bbbbbbbb-2222-3333-4444-555555555555';
const customers: readonly Customer[] = [
  { id: A, domain: 'a.test.example' },
  { id: B, domain: 'b.test.example' },
  { id: GUID, domain: 'c.other.example' },
];
const plan = (rules: Partial<SweepRules>, held = customers) =>
  planSweep(held, { include: ['*.test.example'], maxCustomers: 10, ...rules }, [], NOW_MS);
const refused = (reason: string, explanation: string) => ({ kind: 'refused', reason, explanation });

describe('the plan of a sweep', () => {
  it('is every customer that any rule includes, and says how many of how many', () => {
    expect(plan({ include: ['b.*', 'a.*'] })).toEqual({
      kind: 'requested',
      customers: customers.slice(0, 2),
      leftOut: [],
      listed: 3,
    });
  });

  it.each([GUID, GUID.toUpperCase()])('takes a customer by its id %s, and no other', (rule) => {
    const upper = [{ id: GUID.toUpperCase(), domain: 'c.other.example' }];
    expect(plan({ include: [rule] })).toMatchObject({ customers: [{ id: GUID }] });
    expect(plan({ include: [rule] }, upper)).toMatchObject({ customers: upper });
    expect(plan({ include: [rule.replace('2222', '9999')] })).toMatchObject({ customers: [] });
  });

  it('includes none by a domain that is not known', () => {
    expect(plan({ include: ['*'] }, [{ id: OTHER }])).toMatchObject({ customers: [] });
  });

  it('requests as many as the cap, and nothing at one more', () => {
    expect(plan({ maxCustomers: 2 }).kind).toBe('requested');
    expect(plan({ maxCustomers: 1 })).toEqual(
      refused(
        'too-many-matches',
        '2 customers match, more than SWEEP_MAX_CUSTOMERS (1), so nothing was requested.',
      ),
    );
  });

  it('requests below the number of free slots, and nothing at it', () => {
    expect(plan({ belowFreeSlots: 73 }).kind).toBe('requested');
    expect(plan({ belowFreeSlots: 72 })).toEqual(
      refused('enough-slots-free', '72 of 75 slots are free, and the sweep only runs below 72.'),
    );
  });

  it('is made every night where no number of free slots is given', () => {
    expect(plan({}, []).kind).toBe('requested');
  });

  it('is empty without a rule', () => {
    expect(plan({ include: [] })).toEqual(
      refused('no-rules', 'SWEEP_INCLUDE names no customer and no domain, so there is no sweep.'),
    );
  });

  it.each([
    ['*.bücher.example', 'a.xn--bcher-kva.example'],
    ['*.test.example.', 'A.TEST.example'],
    ['*.test.example', 'a.test.example.'],
  ])('by "%s" includes "%s", which is the same in ASCII form', (rule, domain) => {
    const only = [{ id: A, domain }];
    expect(plan({ include: [rule] }, only)).toMatchObject({ customers: only, leftOut: [] });
  });

  const unclear = { id: OTHER, domain: 'two words' };

  it('leaves out a customer that a domain rule cannot be evaluated for, and says so', () => {
    expect(plan({ include: ['*'] }, [unclear])).toMatchObject({
      customers: [],
      leftOut: [{ customer: unclear, reason: 'domain-unknown' }],
    });
  });

  it.each(['shop-7', `${GUID}0`, `x${GUID.slice(1)}`])(
    'leaves out whose id "%s" no request can have, and says so',
    (id) => {
      const odd = { id, domain: 'd.test.example' };
      expect(plan({}, [...customers, odd])).toMatchObject({
        customers: customers.slice(0, 2),
        leftOut: [{ customer: odd, reason: 'id-no-guid', why: expect.stringMatching(/GUID/) }],
      });
      expect(plan({ maxCustomers: 0 }, [odd]).kind).toBe('requested');
      expect(plan({ include: ['*.other.example'] }, [odd])).toMatchObject({ leftOut: [] });
    },
  );

  it('does not mention a customer that no rule is about', () => {
    const nameless = { id: OTHER };
    expect(plan({ include: [GUID] }, [nameless])).toMatchObject({ customers: [], leftOut: [] });
    expect(plan({ include: [GUID, OTHER] }, [nameless])).toMatchObject({
      customers: [nameless],
      leftOut: [],
    });
  });

  it('leaves out a protected customer also where only one of several rules includes it', () => {
    const rules = { include: ['a.*', 'b.*'], maxCustomers: 10 };
    const protections = [{ customer: A, owner: 'Ada' }];
    expect(planSweep(customers, rules, protections, NOW_MS)).toMatchObject({
      customers: [customers[1]],
      leftOut: [{ customer: customers[0], reason: 'protected' }],
    });
  });

  it('says by which rule a customer is protected, within the length limit', () => {
    const owner = 'x'.repeat(1_000);
    const protections = [
      { customer: '*.test.example', owner: 'Ada', untilMs: NOW_MS },
      { customer: 'a.*', owner },
    ];
    const rules = { include: ['*.test.example'], maxCustomers: 10 };
    const planned = planSweep(customers, rules, protections, NOW_MS);
    const why = `Protected by ${owner}`.slice(0, 300);
    expect(planned).toMatchObject({
      customers: [customers[1]],
      leftOut: [{ customer: customers[0], reason: 'protected', why }],
    });
  });
});
