import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redact, redactAll, redactAndCut } from '../../src/redaction/redact.ts';
import { runs } from '../runs.ts';

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

  it.each([
    ['a token', 'got eyJhbGciOi.eyJ0aWQi.c2ln- back', 'got [token] back'],
    ['a token in parts', 'eyJhbGciOi and eyJhbGciOi.a.b.c.d', '[token] and [token]'],
    ['a token of another kind, whole', 'x eyJ0eXAiO-_9 y', 'x [token] y'],
    ['what only begins like one', 'eyJ012 is short', 'eyJ012 is short'],
    ['what only ends like one', 'keyJhbGciOi -eyJhbGciOi', 'keyJhbGciOi -eyJhbGciOi'],
    ['a bearer header', 'BEARER  abc.def~g/h+i=-%20j, next', 'BEARER [token], next'],
    [
      'a bearer header in a form',
      'bearer%20abc and bearer+abc',
      'bearer [token] and bearer [token]',
    ],
    ['a basic header', 'Basic dXNlcjpwYXNzd29yZA== next', 'Basic [token] next'],
    ['a basic header with blanks', 'Basic  \t dXNlcjpwYXNzd29yZA==', 'Basic [token]'],
    ['a basic header in a form', 'basic%20dXNlcjpwYXNzd29yZA%3D', 'basic [token]'],
    ['a word after basic', 'the basic understanding', 'the basic understanding'],
    ['a long word after basic', 'the basic understandingofit', 'the basic [token]'],
    [
      'a key',
      'a -----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY----- b',
      'a [key] b',
    ],
    ['a key without an end', 'a -----BEGIN PRIVATE KEY-----\nabc\ndef', 'a [key]'],
    [
      'two keys, and what is between',
      '-----BEGIN PRIVATE KEY-----x-----END PRIVATE KEY----- between -----BEGIN PRIVATE KEY-----y-----END PRIVATE KEY-----',
      '[key] between [key]',
    ],
    ['a certificate, which is none', '-----BEGIN CERTIFICATE-----', '-----BEGIN CERTIFICATE-----'],
    [
      'a signature in a link',
      'https://x/?sv=1&sig=a%2Fb%3D&se=2',
      'https://x/?sv=1&sig=[secret]&se=2',
    ],
    ['a signature at its beginning', '?sig=abc "x"', '?sig=[secret] "x"'],
    ['a signature after a semicolon', 'a;SIG=abc;b', 'a;SIG=[secret];b'],
    ['what is called like a signature', 'design=abc', 'design=abc'],
  ])('leaves the rest of %s', (_name, text, clean) => {
    expect(redact(text)).toBe(clean);
  });

  it.each([
    'client_secret',
    'clientsecret',
    'ClientSecret',
    'client_assertion',
    'clientAssertion',
    'refresh_token',
    'refreshToken',
    'access_token',
    'accessToken',
    'id_token',
    'idToken',
    'password',
    'passwd',
    'shared_access_key',
    'SharedAccessKey',
    'shared_access_signature',
    'SharedAccessSignature',
    'sharedaccess_key',
    'shared_accesssignature',
    'account_key',
    'AccountKey',
    'api_key',
    'apiKey',
    'assertion',
    'private_key',
    'privateKey',
  ])('takes out the value of %s, however it is written', (name) => {
    expect(redact(`${name}=hunter2&next=1`)).toBe(`${name}=[secret]&next=1`);
    expect(redact(`${name}: hunter2, next`)).toBe(`${name}: [secret], next`);
    expect(redact(`${name} = hunter2; next`)).toBe(`${name} = [secret]; next`);
    expect(redact(`{"${name}":"hunter2","next":1}`)).toBe(`{"${name}":[secret]","next":1}`);
    expect(redact(`{'${name}': 'hunter 2', next}`)).toBe(`{'${name}': [secret]', next}`);
    expect(redact(`{\\"${name}\\":\\"hunter2\\",x}`)).toBe(`{\\"${name}\\":[secret]\\",x}`);
    expect(redact(`${name}%3Dhunter2 next`)).toBe(`${name}%3D[secret] next`);
    expect(redact(`%22${name}%22%3Ahunter2 next`)).toBe(`%22${name}%22%3A[secret] next`);
  });

  it('takes out a value with escapes in it to its end', () => {
    expect(redact('{"password":"a\\"b\\\\c","next":1}')).toBe('{"password":[secret]","next":1}');
    expect(redact('<p>password=a<b>')).toBe('<p>password=[secret]<b>');
    expect(redact('{password=a}')).toBe('{password=[secret]}');
  });

  it('keeps a long text up to its limit, at a word', () => {
    const maxLength = 16 * 1_024;
    const words = 'word '.repeat(4_000);
    expect(redact(words)).toBe('word '.repeat(3_276).trimEnd());
    expect(redact('x'.repeat(maxLength))).toHaveLength(maxLength);
    // A single word might be half of a secret: half of what is kept is left.
    expect(redact('x'.repeat(maxLength + 1))).toHaveLength(maxLength / 2);
  });

  it.each([' ', '\n', '"', "'", '<', '>', '{', '}'])('cuts a long text at %j', (end) => {
    const text = `${'x'.repeat(10_000)}${end}${'y'.repeat(10_000)}`;
    expect(redact(text)).toBe('x'.repeat(10_000));
  });

  it('redacts a whole value, names included', () => {
    const value = {
      'password=a': ['Bearer abc', 1, null, { deep: 'sig', link: '?sig=abc' }],
      flag: true,
    };
    expect(redactAll(value)).toEqual({
      'password=[secret]': ['Bearer [token]', 1, null, { deep: 'sig', link: '?sig=[secret]' }],
      flag: true,
    });
    expect(redactAll('Bearer abc')).toBe('Bearer [token]');
    expect(redactAll(undefined)).toBeUndefined();
  });

  it('leaves ordinary text unchanged', () => {
    const text = 'Order 9qg-ErcO-4MPbPqq_3MIQaS7bn8W6HfG1 cannot be cancelled.';
    expect(redact(text)).toBe(text);
  });

  it('ends on any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 5_000 }), (text) => {
        expect(redact(text).length).toBeLessThanOrEqual(text.length * 2 + 100);
      }),
      { seed: 20261122, numRuns: runs(300) },
    );
  });
});

describe('redacting and cutting', () => {
  it('cuts a text to its maximum length', () => {
    expect(redactAndCut('an ordinary text', 11)).toBe('an ordinary');
    expect(redactAndCut('short', 11)).toBe('short');
  });

  it('takes out a secret that the cut would have gone through', () => {
    expect(redactAndCut('say eyJhbGciOi.eyJ0aWQi.c2ln', 10)).toBe('say [token');
  });

  it('measures what is left, not what was given', () => {
    expect(redactAndCut('eyJhbGciOi.eyJ0aWQi.c2ln and more', 16)).toBe('[token] and more');
  });
});
