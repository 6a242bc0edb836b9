import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRequest, requestSchema } from '../../src/teardown/request.ts';
import { CUSTOMER_ID } from './builders.ts';

function sentenceFor(body: unknown): string {
  const parsed = parseRequest(body);
  expect(parsed.ok).toBe(false);
  return parsed.ok ? '' : parsed.sentence;
}

describe('a teardown request', () => {
  it('with every field is taken as it is', () => {
    const request = {
      customerTenantId: CUSTOMER_ID,
      requestedBy: 'pipeline 12',
      reason: 'end of run',
      expectedDomain: 'contoso.onmicrosoft.com',
      minIdle: 'P7D',
      ifUnchanged: `sha256:${'a'.repeat(64)}`,
      dryRun: true,
    };
    expect(parseRequest(request)).toEqual({ ok: true, value: request });
  });

  it.each([
    ['nothing', undefined, 'no body'],
    ['an empty body', '', 'no body'],
    ['null', null, 'no body'],
    ['text', '{"customerTenantId":', 'not a JSON object but text'],
    ['200 KB of noise', '\u0000x'.repeat(100_000), '200000 characters'],
    ['a number', 7, 'a number'],
    ['a list', [CUSTOMER_ID], 'an array'],
    ['no customer', {}, '"customerTenantId" is missing'],
    ['a customer that is no text', { customerTenantId: 7 }, '"customerTenantId" must be text'],
    ['a customer that is no GUID', { customerTenantId: 'contoso' }, 'must be a GUID'],
    ['a mistyped field', { customerTenantId: CUSTOMER_ID, dryrun: true }, 'did you mean "dryRun"?'],
    ['an unknown field', { customerTenantId: CUSTOMER_ID, force: true }, '"force" is not a field'],
    ['dryRun as text', { customerTenantId: CUSTOMER_ID, dryRun: 'true' }, '"dryRun" must be true'],
    ['a duration in words', { customerTenantId: CUSTOMER_ID, minIdle: '7 days' }, '"minIdle"'],
    ['no duration at all', { customerTenantId: CUSTOMER_ID, minIdle: 'P0D' }, '"minIdle"'],
    ['a wrong fingerprint', { customerTenantId: CUSTOMER_ID, ifUnchanged: 'x' }, '"ifUnchanged"'],
    ['null for a field', { customerTenantId: CUSTOMER_ID, reason: null }, '"reason" must be text'],
  ])('that is %s is refused with a sentence', (_name, body, sentence) => {
    expect(sentenceFor(body)).toContain(sentence);
  });

  it('is never refused with more than a few lines, whatever it holds', () => {
    fc.assert(
      fc.property(fc.anything({ maxDepth: 3 }), (body) => {
        const parsed = parseRequest(body);
        if (!parsed.ok) expect(parsed.sentence.length).toBeLessThan(1_200);
      }),
      { seed: 20261122, numRuns: 2_000 },
    );
  });

  it('is only ever accepted with known fields', () => {
    const known = Object.keys(requestSchema.entries);
    const name = fc.oneof(fc.constantFrom(...known), fc.string());
    fc.assert(
      fc.property(fc.dictionary(name, fc.anything({ maxDepth: 1 })), (fields) => {
        const parsed = parseRequest({ ...fields, customerTenantId: CUSTOMER_ID });
        if (parsed.ok) expect(known).toEqual(expect.arrayContaining(Object.keys(fields)));
      }),
      { seed: 20261122, numRuns: 2_000 },
    );
  });
});
