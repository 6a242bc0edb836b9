import { describe, expect, it } from 'vitest';
import { signInRefusal } from '../../../src/partner-center/sign-in-refusal.ts';
import { meaningOf } from '../../../src/teardown/answers/meaning-of.ts';
import { signInStage } from './stage.ts';

/** What the login endpoint says of its own trouble, with a code as of refused credentials. */
const troubles = [
  [408, 'AADSTS90012: RequestTimeout - The request has timed out.'],
  [429, 'AADSTS90056: Too many requests.'],
  [500, 'AADSTS50000: There was an error issuing a token or an issue with our sign-in service.'],
  [503, 'AADSTS90006: ExternalServerRetryableError - The service is temporarily unavailable.'],
  [504, 'plain words'],
] as const;

describe.each(['clientSecret', 'federatedIdentity', 'appAndUser'] as const)(
  'signing in by %s, when the login endpoint has trouble of its own',
  (kind) => {
    it.each(troubles)('is tried again later: %i, %s', async (status, error_description) => {
      const { request, signIns, server, keep } = await signInStage();
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
      const { answer } = signInRefusal(failed);
      expect(answer).toMatchObject({ operation: 'sign-in', status });
      expect(meaningOf(answer).kind).toBe('look-again');
      if (kind === 'appAndUser') expect(answer.retryAfterMs).toBe(33_000);
    });

    it('is refused all the same where the credentials are', async () => {
      const { request, signIns, server, keep } = await signInStage();
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
      expect(signInRefusal(failed).answer.status).toBe(401);
    });
  },
);
