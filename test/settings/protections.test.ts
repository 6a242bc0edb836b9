import { describe, expect, it } from 'vitest';
import { readSettings } from '../../src/settings/settings.ts';
import { GOOD_SETTINGS } from './good-settings.ts';

const entry = { customer: '*.contoso.com', owner: 'Ada', until: '2027-01-31', why: 'demo' };

const read = (json: string) =>
  readSettings({ ...GOOD_SETTINGS, PROTECTED_CUSTOMERS: json }).protections;

/** What the app says of a list whose second entry is so. */
function saidOf(second: unknown): string {
  try {
    read(JSON.stringify([entry, second]));
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Each type of JSON, as it is called. */
const types: Readonly<Record<string, unknown>> = {
  null: null,
  true: true,
  'a number': 5,
  'a list': [],
  'an object': {},
  text: '',
};

describe('PROTECTED_CUSTOMERS', () => {
  const wrong = Object.keys(entry).flatMap((field) =>
    Object.entries(types)
      .filter(([type]) => !(field === 'why' && type === 'text'))
      .map(([type, value]) => [field, type, value] as const),
  );

  it.each(wrong)(
    'with "%s" as %s is refused, naming setting, entry and field',
    (field, type, value) => {
      const said = saidOf({ ...entry, [field]: value });
      expect(said).toContain(`"${field}" in the entry 2 of PROTECTED_CUSTOMERS must be `);
      expect(said).toContain(type === 'text' ? 'but is "…" (0 characters).' : `but is ${type}.`);
    },
  );

  it.each(['customer', 'owner'])('without "%s" is refused, naming all three', (field) => {
    expect(saidOf({ ...entry, [field]: undefined })).toContain(
      `"${field}" in the entry 2 of PROTECTED_CUSTOMERS is missing; it must have "customer" and "owner"`,
    );
  });

  it.each(['until', 'why'])('without "%s" is taken', (field) => {
    expect(saidOf({ ...entry, [field]: undefined })).toBe('');
  });

  it.each(Object.entries(types).filter(([type]) => type !== 'an object'))(
    'with an entry that is %s is refused, naming setting and entry',
    (type, value) => {
      expect(saidOf(value)).toContain(`The entry 2 of PROTECTED_CUSTOMERS is ${type}, but it must`);
    },
  );

  it.each(Object.entries(types).filter(([type]) => type !== 'a list'))(
    'that is %s is refused, naming the setting',
    (type, value) => {
      expect(() => read(JSON.stringify(value))).toThrow(
        `PROTECTED_CUSTOMERS is ${type}; it must be a JSON list`,
      );
    },
  );

  it.each(['*.bücher.example', '*.contoso.com.', 'xn--*.example', '*'])(
    'may name customers by "%s"',
    (customer) => {
      expect(read(JSON.stringify([{ ...entry, customer }]))).toMatchObject([{ customer }]);
    },
  );

  it.each(['bü*.example', '*.contoso..com', '*.contoso.com/x', '.', 'x'.repeat(300)])(
    'cannot name customers by "%s", which no domain is compared with',
    (customer) => {
      expect(saidOf({ ...entry, customer })).toContain(
        '"customer" in the entry 2 of PROTECTED_CUSTOMERS must be a tenant id (GUID) or a domain pattern',
      );
    },
  );

  it('with an unknown field is rejected, and the field is not shown completely', () => {
    const said = saidOf({ ...entry, untill: '2027-01-31' });
    expect(said).toContain('The entry 2 of PROTECTED_CUSTOMERS has "un…" (6 characters), which');
  });

  it.each([
    '[{"customer":"*.contoso.com","owner":"Ada","customer":"*.fabrikam.com"}]',
    '[{"customer":"*.contoso.com","owner":"Ada","\\u0063ustomer" :"*.contoso.com"}]',
  ])('that names a customer twice in one entry is rejected: %s', (json) => {
    expect(() => read(json)).toThrow('PROTECTED_CUSTOMERS has the name "customer" twice');
  });

  it('may name a field in every entry', () => {
    expect(read(JSON.stringify([entry, entry]))).toHaveLength(2);
  });

  it.each(['2027-01-31T18:00Z', '2027-01-31T18:00:00.000+05:30', '2028-02-29'])(
    'protects until %s',
    (until) => expect(saidOf({ ...entry, until })).toBe(''),
  );

  it.each([
    '2027-01-31T18:00',
    '2027-01-31T25:00Z',
    '2027-01-31T18:00+05',
    '2026-02-30',
    '31.1.2027',
    '2027-1-31',
    'soon',
    ' 2027-01-31',
  ])('with the invalid day %j is rejected', (until) =>
    expect(saidOf({ ...entry, until })).toContain('"until" in the entry 2 of PROTECTED_CUSTOMERS'),
  );

  it('with a thousand errors has an error message with some of them', () => {
    const said = () => read(JSON.stringify(Array.from({ length: 1_000 }, () => ({}))));
    expect(said).toThrow('PROTECTED_CUSTOMERS');
    expect(said).not.toThrow(/entry 11 /);
  });
});
