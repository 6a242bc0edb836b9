import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact } from '../../src/teardown/redact.ts';

describe('redaction', () => {
  it.each([
    [
      'a JSON Web Token',
      'got eyJhbGciOiJub25lIn0.eyJ0aWQiOiJ4In0.c2ln back',
      'eyJhbGciOiJub25lIn0',
    ],
    ['a bearer header', 'Authorization: Bearer abc.def-ghi', 'abc.def-ghi'],
    ['a client secret in a form', 'client_id=1&client_secret=hunter2&scope=x', 'hunter2'],
    ['a refresh token in JSON', '{"refresh_token":"0.AXoA-secret"}', '0.AXoA-secret'],
    ['a connection string', 'Endpoint=sb://x;SharedAccessKey=c2VjcmV0=;', 'c2VjcmV0'],
  ])('takes out %s', (_name, text, secret) => {
    expect(redact(text)).not.toContain(secret);
  });

  it('leaves ordinary text as it is', () => {
    const text = 'Order 9qg-ErcO-4MPbPqq_3MIQaS7bn8W6HfG1 cannot be cancelled.';
    expect(redact(text)).toBe(text);
  });

  it('ends quickly on any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 5_000 }), (text) => {
        expect(redact(text).length).toBeLessThanOrEqual(text.length * 2 + 100);
      }),
      { seed: 20261122, numRuns: 300 },
    );
  });
});
