import { describe, expect, it } from 'vitest';
import { signInError } from '../../../src/partner-center/auth/sign-in-error.ts';
import { classifyError } from '../../../src/teardown/errors/classify-error.ts';
import { signInHarness } from './sign-in-harness.ts';

/** What the login endpoint says of its own trouble, with a code as of refused credentials. */
const troubles = [
  [408, 'AADSTS90012: RequestTimeout - The request has timed out.'],
  [429, 'AADSTS90056: Too many requests.'],
  [500, 'AADSTS50000: There was an error issuing a token or an issue with our sign-in service.'],
  [503, 'AADSTS90006: ExternalServerRetryableError - The service is temporarily unavailable.'],
  [504, 'plain words'],
] as const;

/** Recognised by a code or a word alone, with the status of a wrong request. */
const passing = [
  ...['90006', '90012', '90024', '90025', '90033', '90055', '90090', '90091'].map(
    (number) => ['invalid_request', `AADSTS${number}: It will pass.`] as const,
  ),
  ['invalid_grant', 'AADSTS90033: The directory service is not available.'],
  ['invalid_grant', 'aadsts90033: The directory service is not available.'],
  ['temporarily_unavailable', 'AADSTS50000: Too busy.'],
  ['server_error', 'AADSTS50000: An unexpected error.'],
] as const;

/** Similar errors that are none of them. */
const lasting = [
  ['invalid_request', 'AADSTS90036: MsodsServiceUnretryableFailure'],
  ['invalid_request', 'AADSTS900331: Another number.'],
  ['invalid_request', 'AADSTS90010: NotSupported - Unable to create the algorithm.'],
  ['invalid_request', 'AADSTS90002: Tenant not found.'],
] as const;

describe.each(['clientSecret', 'federatedIdentity', 'appAndUser'] as const)(
  'signing in by %s, when the login endpoint has trouble of its own',
  (kind) => {
    it.each(troubles)('is tried again later: %i, %s', async (status, error_description) => {
      const { request, signIns, server, keep } = await signInHarness();
      keep(server.login.issueRefreshToken());
      server.sandbox.injectFault({
        kind: 'status',
        operation: 'get-token',
        status,
        headers: { 'retry-after': '33' },
        body: { error: 'server_error', error_description },
        times: 5,
      });
      const failed = await request(signIns[kind])().catch((error: unknown) => error);
      const { response } = signInError(failed);
      expect(response).toMatchObject({ operation: 'sign-in', status });
      expect(classifyError(response).kind).toBe('requeue');
      if (kind === 'appAndUser') expect(response.retryAfterMs).toBe(33_000);
    });

    const saying = async (error: string, error_description?: string, ...error_codes: number[]) => {
      const { request, signIns, server, keep } = await signInHarness();
      keep(server.login.issueRefreshToken());
      const body = { error, error_description, error_codes };
      server.sandbox.injectFault({
        ...{ kind: 'status', operation: 'get-token', status: 400, body, times: 5 },
      });
      const failed = await request(signIns[kind])().catch((reason: unknown) => reason);
      return signInError(failed).response;
    };

    it.each(passing)('is tried again later by its word alone: %s, %s', async (error, said) => {
      expect(classifyError(await saying(error, said)).kind).toBe('requeue');
    });

    it('is tried again later by its number alone', async () => {
      const { kind } = classifyError(await saying('invalid_grant', undefined, 90033));
      expect(kind).toBe('requeue');
      expect(await saying('invalid_grant', undefined, 70000)).toMatchObject({ status: 401 });
    });

    it.each(lasting)('is refused where it will not pass: %s, %s', async (error, said) => {
      expect(await saying(error, said)).toMatchObject({ operation: 'sign-in', status: 401 });
    });

    it('is still refused where the credentials are', async () => {
      const { request, signIns, server, keep } = await signInHarness();
      keep(server.login.issueRefreshToken());
      const error_description = 'AADSTS7000215: Invalid client secret provided.';
      server.sandbox.injectFault({
        kind: 'status',
        operation: 'get-token',
        status: 401,
        body: { error: 'invalid_client', error_description },
        times: 5,
      });
      const failed = await request(signIns[kind])().catch((error: unknown) => error);
      expect(signInError(failed).response.status).toBe(401);
    });
  },
);
