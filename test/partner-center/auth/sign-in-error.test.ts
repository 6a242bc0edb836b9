import { describe, expect, it } from 'vitest';
import { signInError } from '../../../src/partner-center/auth/sign-in-error.ts';
import { UnusableCredential } from '../../../src/partner-center/auth/unusable-credential.ts';

const failed = (message: string, more: object = {}, cause?: unknown) =>
  Object.assign(new Error(message, { cause }), more);
const statusFor = (error: unknown) => signInError(error).response.status;

describe('a failed sign-in', () => {
  it('without an answer has no status, and has its first line as message', () => {
    expect(signInError(failed('fetch failed\n  at somewhere')).response).toStrictEqual({
      operation: 'sign-in',
      status: 0,
      description: 'fetch failed',
      body: 'fetch failed\n  at somewhere',
    });
    expect(signInError('no error at all').response.description).toBe('no error at all');
  });

  it('has no texts over the limit, and no secret in them', () => {
    const { description, body } = signInError(failed('x'.repeat(2_000))).response;
    expect([description.length, body.length]).toEqual([400, 1_000]);
    const { response: answer } = signInError(failed('client_secret=a-secret-of-the-app'));
    expect([answer.description, answer.body].join()).not.toContain('a-secret-of-the-app');
  });

  it.each([
    'AADSTS7000215: Invalid client secret provided.',
    'invalid_client: no',
    'unauthorized_client: no',
    'invalid_grant: no',
    'invalid_request: no',
    'invalid_resource: no',
    'invalid_scope: no',
    'interaction_required: no',
    'access_denied: no',
  ])('is refused because of its text: %s', (said) => {
    expect(statusFor(failed(said))).toBe(401);
    expect(statusFor(failed(`${said} AADSTS90033`))).toBe(0);
  });

  it.each(['AADSTSX', 'a client', 'ECONNRESET'])('is not refused by %s', (said) => {
    expect(statusFor(failed(said))).toBe(0);
  });

  it('by a credential that cannot be used is refused, whatever its text', () => {
    expect(statusFor(new UnusableCredential('AADSTS90033 in some file'))).toBe(401);
  });

  it.each(['status', 'statusCode'])('has the service\'s own trouble by its "%s"', (name) => {
    expect(statusFor(failed('AADSTS7000215', { [name]: 503 }))).toBe(503);
    expect(statusFor(failed('AADSTS7000215', {}, failed('x', { [name]: 429 })))).toBe(429);
    expect(statusFor(failed('AADSTS7000215', { [name]: 400 }))).toBe(401);
    expect(statusFor(failed('no answer', { [name]: '503' }))).toBe(0);
    expect(statusFor({ [name]: 503, message: 'of no error' })).toBe(0);
  });

  it('has the status in the library\'s "statusCode" where it has both', () => {
    expect(statusFor(failed('x', { statusCode: 503, status: 429 }))).toBe(503);
    expect(statusFor(failed('x', { statusCode: undefined, status: 429 }))).toBe(0);
  });

  it('says when to try again where any of its causes does', () => {
    const { response: answer } = signInError(failed('x', {}, failed('y', { retryAfterMs: 5_000 })));
    expect(answer.retryAfterMs).toBe(5_000);
    for (const error of [
      failed('x', { retryAfterMs: 'soon' }),
      { retryAfterMs: 5_000 },
      failed('x', {}, { retryAfterMs: 5_000 }),
    ]) {
      expect(signInError(error).response).not.toHaveProperty('retryAfterMs');
    }
  });

  it('is searched no deeper than five errors, even where one is its own cause', () => {
    const nested = (levels: number): Error =>
      levels === 0 ? failed('deep', { status: 503 }) : failed('x', {}, nested(levels - 1));
    expect([statusFor(nested(4)), statusFor(nested(5))]).toEqual([503, 0]);
    const circular = failed('x');
    circular.cause = circular;
    expect(statusFor(circular)).toBe(0);
  });
});
