import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { keepSecret } from '../../../src/redaction/known-secrets.ts';
import { parseRequest, requestSchema } from '../../../src/teardown/model/request.ts';
import { runs } from '../../runs.ts';
import { CUSTOMER_ID } from '../builders.ts';

function messageFor(body: unknown): string {
  const parsed = parseRequest(body);
  expect(parsed.ok).toBe(false);
  return parsed.ok ? '' : parsed.message;
}

/** 253 characters. */
const LONGEST_DOMAIN = [63, 63, 63, 61].map((length) => 'x'.repeat(length)).join('.');

describe('a teardown request', () => {
  it('with every field is taken as it is', () => {
    const request = {
      customerTenantId: CUSTOMER_ID,
      requestedBy: 'pipeline 12',
      reason: 'end of run',
      expectedDomain: 'contoso.onmicrosoft.com',
      minIdle: 'P7D',
      ifUnchanged: `v2:sha256:${'a'.repeat(64)}`,
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
  ])('that is %s is refused with a message', (_name, body, message) => {
    expect(messageFor(body)).toContain(message);
  });

  it.each<[string, unknown, string]>([
    ['nothing', '', 'The message has no body; it must be a JSON object with "customerTenantId".'],
    [
      'text, of which the beginning is told',
      `"${'x'.repeat(60)}`,
      `The message body is not a JSON object but text (61 characters, beginning ${JSON.stringify(`"${'x'.repeat(39)}`)}); send UTF-8 JSON in a data section.`,
    ],
    [
      'text after a mark of byte order, which is told too',
      '\ufeff{}',
      'The message body is not a JSON object but text (3 characters, beginning "\\ufeff{}"); send UTF-8 JSON in a data section.',
    ],
    ['a flag', true, 'The message body must be a JSON object, but is a boolean.'],
    ['a list', [], 'The message body must be a JSON object, but is an array.'],
    ['no customer', {}, `"customerTenantId" is missing; it must be the customer's tenant id.`],
    [
      'a customer of the wrong kind',
      { customerTenantId: 7 },
      `"customerTenantId" must be text: the customer's tenant id, a GUID.`,
    ],
    [
      'a customer that is no GUID',
      { customerTenantId: `${CUSTOMER_ID}0` },
      '"customerTenantId" must be a GUID such as 11111111-2222-3333-4444-555555555555.',
    ],
    [
      'a customer behind something else',
      { customerTenantId: `0${CUSTOMER_ID}` },
      '"customerTenantId" must be a GUID such as 11111111-2222-3333-4444-555555555555.',
    ],
    [
      'an empty name',
      { customerTenantId: CUSTOMER_ID, requestedBy: '' },
      '"requestedBy" must not be empty; leave it out instead.',
    ],
    [
      'a long reason',
      { customerTenantId: CUSTOMER_ID, reason: 'x'.repeat(1_025) },
      '"reason" must not be longer than 1024 characters.',
    ],
    [
      'a long domain',
      { customerTenantId: CUSTOMER_ID, expectedDomain: 'x'.repeat(254) },
      '"expectedDomain" must not be longer than 253 characters.',
    ],
    [
      'a long domain with a final dot',
      { customerTenantId: CUSTOMER_ID, expectedDomain: `${'x'.repeat(254)}.` },
      '"expectedDomain" must not be longer than 253 characters.',
    ],
    [
      'a domain that is a dot',
      { customerTenantId: CUSTOMER_ID, expectedDomain: '.' },
      '"expectedDomain" must be a domain such as contoso.onmicrosoft.com.',
    ],
    [
      'a domain that is no text',
      { customerTenantId: CUSTOMER_ID, expectedDomain: 7 },
      '"expectedDomain" must be text.',
    ],
    [
      'a duration that is no text',
      { customerTenantId: CUSTOMER_ID, minIdle: 7 },
      '"minIdle" must be text.',
    ],
    [
      'a duration that is none',
      { customerTenantId: CUSTOMER_ID, minIdle: 'soon' },
      '"minIdle" must be a positive ISO 8601 duration such as P7D or PT12H.',
    ],
    [
      'a fingerprint that is no text',
      { customerTenantId: CUSTOMER_ID, ifUnchanged: 7 },
      '"ifUnchanged" must be text: the fingerprint of a planned outcome.',
    ],
    [
      'a fingerprint and more',
      { customerTenantId: CUSTOMER_ID, ifUnchanged: `v2:sha256:${'a'.repeat(65)}` },
      '"ifUnchanged" must be the fingerprint of a planned outcome: "v2:sha256:" and 64 hexadecimal digits.',
    ],
    [
      'a fingerprint behind something else',
      { customerTenantId: CUSTOMER_ID, ifUnchanged: `x sha256:${'a'.repeat(64)}` },
      '"ifUnchanged" must be the fingerprint of a planned outcome: "v2:sha256:" and 64 hexadecimal digits.',
    ],
    [
      'a flag in quotes',
      { customerTenantId: CUSTOMER_ID, dryRun: 'true' },
      '"dryRun" must be true or false, without quotes.',
    ],
    [
      'a field in other letters',
      { customerTenantId: CUSTOMER_ID, DRYRUN: true },
      '"DRYRUN" is not a field of a teardown request; did you mean "dryRun"?',
    ],
    [
      'a field that no one knows, by the beginning of its name',
      { customerTenantId: CUSTOMER_ID, ['x'.repeat(100)]: true },
      `"${'x'.repeat(60)}" is not a field of a teardown request; known are customerTenantId, requestedBy, reason, expectedDomain, minIdle, ifUnchanged, dryRun.`,
    ],
  ])('that is %s is refused with one complete message', (_name, body, message) => {
    expect(messageFor(body)).toBe(message);
  });

  it('with several mistakes is refused with the first five, each once', () => {
    const more = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [name, 1]));
    const message = messageFor({ customerTenantId: CUSTOMER_ID, ...more });
    expect(message.match(/is not a field/g)).toHaveLength(1);
    const wrong = {
      requestedBy: 1,
      reason: 1,
      expectedDomain: 1,
      minIdle: 1,
      ifUnchanged: 1,
      dryRun: 1,
    };
    expect(messageFor({ customerTenantId: CUSTOMER_ID, ...wrong })).toBe(
      '"requestedBy" must be text. "reason" must be text. "expectedDomain" must be text. "minIdle" must be text. "ifUnchanged" must be text: the fingerprint of a planned outcome.',
    );
  });

  it.each([
    ['BÜCHER.example.', 'xn--bcher-kva.example'],
    ['contoso.onmicrosoft.com.', 'contoso.onmicrosoft.com'],
    ['contoso。com', 'contoso.com'],
    [`${LONGEST_DOMAIN}.`, LONGEST_DOMAIN],
    [` ${LONGEST_DOMAIN}。 `, LONGEST_DOMAIN],
  ])('expects the domain "%s" as "%s"', (expectedDomain, ascii) => {
    expect(parseRequest({ customerTenantId: CUSTOMER_ID, expectedDomain })).toMatchObject({
      value: { expectedDomain: ascii },
    });
  });

  it.each(['https://contoso.com', 'two words', 'a..b', 'ü'.repeat(253)])(
    'cannot expect "%s", which is no domain',
    (expectedDomain) => {
      expect(parseRequest({ customerTenantId: CUSTOMER_ID, expectedDomain })).toEqual({
        ok: false,
        message: '"expectedDomain" must be a domain such as contoso.onmicrosoft.com.',
      });
    },
  );

  it('has its customer and domain in lower case, without surrounding blanks', () => {
    const upper = 'ABCDEFAB-2222-3333-4444-555555555555';
    expect(
      parseRequest({ customerTenantId: upper, expectedDomain: ' Contoso.COM ' }),
    ).toStrictEqual({
      ok: true,
      value: { customerTenantId: upper.toLowerCase(), expectedDomain: 'contoso.com' },
    });
  });

  it('repeats no secret that it holds, and no more than the maximum length', () => {
    // What is put in a secret's place may be longer than the secret.
    const reason = `${'x'.repeat(1_008)} password=a`;
    expect(reason.length).toBeLessThanOrEqual(1_024);
    expect(
      parseRequest({ customerTenantId: CUSTOMER_ID, requestedBy: 'api_key=hunter2', reason }),
    ).toEqual({
      ok: true,
      value: {
        customerTenantId: CUSTOMER_ID,
        requestedBy: 'api_key=[secret]',
        reason: `${'x'.repeat(1_008)} password=[secret]`.slice(0, 1_024),
      },
    });
  });

  it('is never refused with more than a few lines, whatever it holds', () => {
    fc.assert(
      fc.property(fc.anything({ maxDepth: 3 }), (body) => {
        const parsed = parseRequest(body);
        if (!parsed.ok) expect(parsed.message.length).toBeLessThan(1_200);
      }),
      { seed: 20261122, numRuns: runs(2_000) },
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
      { seed: 20261122, numRuns: runs(2_000) },
    );
  });
});

describe('the message about a malformed request', () => {
  const secret = 'refresh-token-kept-by-the-process-0123456789';
  beforeEach(() => void keepSecret(secret));

  it('does not quote the beginning of a body that is a secret', () => {
    const parsed = parseRequest(secret);
    expect(parsed).toMatchObject({ ok: false, message: expect.stringContaining('"[secret]"') });
  });

  it('does not quote the beginning of a field that is a secret', () => {
    const long = keepSecret(`field-${'0123456789'.repeat(10)}`);
    const parsed = parseRequest({ [long]: 1 });
    expect(parsed).toMatchObject({ ok: false, message: expect.stringContaining('"[secret]" is') });
  });
});
