import { describe, expect, it } from 'vitest';
import { objectionToSchedule } from '../../src/settings/ncrontab.ts';
import { isCustomerRule } from '../../src/settings/protections.ts';
import { readSettings } from '../../src/settings/settings.ts';
import { GOOD_SETTINGS } from './good-settings.ts';

describe('a schedule', () => {
  it.each([
    '5-5 0 0 * * *',
    '0 0 0 31 2/1 *',
    '0 0 0 31 2-3 *',
    '0 0 0 31 2/2 *',
    '0 0 0 29 feb *',
    '0 0 0 30,1 2 *',
    '59 59 23 31 12 6',
  ])('"%s" comes due', (schedule) => {
    expect(objectionToSchedule(schedule)).toBeUndefined();
  });

  it.each([
    ['0 0 0 31 2-2 *', 'none of its months has such a day, so it never comes due'],
    ['0 0 0 31 4,6,9,11 *', 'none of its months has such a day, so it never comes due'],
    ['0 0 0 30/1 2 *', 'none of its months has such a day, so it never comes due'],
    ['60 0 0 * * *', 'its second must be from 0 to 59: values, ranges'],
    ['0 0 0 * 13 *', 'its month must be from 1 to 12 (or their English names): values'],
    ['0 0 0 * * 7', 'its day of the week must be from 0 to 6 (or their English names): values'],
    ['0 0 0 * * 1/0', 'its day of the week has a step of 0'],
    ['6-5 0 0 * * *', 'its second has a range that runs backwards'],
    ['x', 'has 1 field'],
    ['0 0', 'has 2 fields'],
  ])('"%s" is refused: %s', (schedule, objection) => {
    expect(objectionToSchedule(schedule)).toContain(objection);
  });
});

describe('a rule for customers', () => {
  it.each(['*', '*.contoso.com', 'a.b', 'contoso*.onmicrosoft.com', 'ab.cd.ef', 'contoso.com.'])(
    'may be %s',
    (rule) => {
      expect(isCustomerRule(rule)).toBe(true);
    },
  );

  it.each([
    '',
    '-.-',
    'contoso',
    '**',
    '.contoso.com',
    'contoso.com..',
    'a..b',
    'a.b c',
    'a.b/c',
    'a.b_c',
    '_a.b',
  ])('is not "%s"', (rule) => {
    expect(isCustomerRule(rule)).toBe(false);
  });
});

describe('a protection', () => {
  const protectionsOf = (value: unknown) =>
    readSettings({ ...GOOD_SETTINGS, PROTECTED_CUSTOMERS: JSON.stringify(value) }).protections;

  it('has an end and a reason only where they are given', () => {
    const customer = '*.contoso.com';
    expect(protectionsOf([{ customer, owner: ' Ada ' }])).toStrictEqual([
      { customer, owner: 'Ada' },
    ]);
    expect(
      protectionsOf([{ customer, owner: 'Ada', until: '2027-01-31T18:00Z', why: 'demo' }]),
    ).toEqual([{ customer, owner: 'Ada', untilMs: Date.UTC(2027, 0, 31, 18), why: 'demo' }]);
    expect(protectionsOf([{ customer, owner: 'Ada', until: '2027-01-31' }])).toEqual([
      { customer, owner: 'Ada', untilMs: Date.UTC(2027, 1, 1) },
    ]);
  });

  it.each([
    [['x'], 'The entry 1 of PROTECTED_CUSTOMERS is text, but it must have "customer" and "owner"'],
    [[null], 'The entry 1 of PROTECTED_CUSTOMERS is null, but it must have'],
    [[[]], 'The entry 1 of PROTECTED_CUSTOMERS is a list, but it must have'],
    [[7], 'The entry 1 of PROTECTED_CUSTOMERS is a number, but it must have'],
    [[{ owner: 'Ada' }], '"customer" in the entry 1 of PROTECTED_CUSTOMERS is missing;'],
    [
      [{ customer: '*', owner: ' ' }],
      '"owner" in the entry 1 of PROTECTED_CUSTOMERS must be the name of a person to ask, but is "…"',
    ],
    [
      [{ customer: '*', owner: 'Ada', until: 'Jan 31 2027' }],
      '"until" in the entry 1 of PROTECTED_CUSTOMERS must be a day such as 2027-01-31',
    ],
    [{}, 'PROTECTED_CUSTOMERS is an object; it must be a JSON list'],
  ])('list that is %j is rejected', (value, message) => {
    expect(() => protectionsOf(value)).toThrow(message);
  });
});
