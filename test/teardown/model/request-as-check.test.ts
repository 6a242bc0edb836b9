import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkBodyOf } from '../../../src/teardown/model/check.ts';
import { checkIn } from '../../../src/teardown/model/check-message.ts';
import { checkIdOf } from '../../../src/teardown/model/message-ids.ts';
import { parseRequest } from '../../../src/teardown/model/request.ts';
import { runs } from '../../runs.ts';
import { aCheck, CUSTOMER_ID, NOW_MS } from '../builders.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 1_100 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc
    .tuple(
      fc.constantFrom('İ', 'ß', 'Σ', ' ', '\u00a0', '\ufeff', '\ud800', 'password=a '),
      fc.nat(1_100),
    )
    .map(([unit, count]) => unit.repeat(count).slice(0, 1_100)),
);
const request = fc.record(
  {
    customerTenantId: fc.constantFrom(CUSTOMER_ID, 'ABCDEFAB-2222-3333-4444-555555555555'),
    requestedBy: text,
    reason: text,
    expectedDomain: text,
    minIdle: fc.constantFrom('P7D', 'PT12H', 'P1Y2M3W4DT5H6M7S', 'PT0.5S'),
    ifUnchanged: fc.constant(`v2:sha256:${'a'.repeat(64)}`),
    dryRun: fc.boolean(),
  },
  { requiredKeys: ['customerTenantId'] },
);
const teardownId = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 128 })
  .filter((id) => id.length <= 128);

describe('a request that is taken', () => {
  it('can be read in every check that carries it, and comes back as it was', () => {
    let taken = 0;
    fc.assert(
      fc.property(request, teardownId, fc.option(text, { nil: undefined }), (body, id, domain) => {
        const parsed = parseRequest(body);
        if (!parsed.ok) return;
        taken += 1;
        const next = aCheck({
          teardownId: id,
          attempt: 1,
          request: parsed.value,
          ...(domain !== undefined && { domain }),
        });
        const sent: unknown = JSON.parse(JSON.stringify(checkBodyOf(next)));
        const read = checkIn({ body: sent, messageId: checkIdOf(next) }, NOW_MS);
        expect(read).toMatchObject({ ok: true, value: { teardownId: id } });
        if (read.ok) expect(read.value.request).toStrictEqual(parsed.value);
      }),
      { seed: 20261201, numRuns: runs(5_000) },
    );
    expect(taken).toBeGreaterThan(runs(1_000));
  });

  it.each([
    ['of blanks', ' \t\u00a0', '"expectedDomain" must not be empty; leave it out instead.'],
    [
      'that grows in small letters',
      'İ'.repeat(200),
      '"expectedDomain" must not be longer than 253 characters.',
    ],
  ])('has no domain %s', (_what, expectedDomain, message) => {
    expect(parseRequest({ customerTenantId: CUSTOMER_ID, expectedDomain })).toEqual({
      ok: false,
      message,
    });
  });

  it('may have a domain that is long with the blanks around it', () => {
    const expectedDomain = `${' '.repeat(300)}contoso.com${' '.repeat(300)}`;
    expect(parseRequest({ customerTenantId: CUSTOMER_ID, expectedDomain })).toMatchObject({
      value: { expectedDomain: 'contoso.com' },
    });
  });
});
