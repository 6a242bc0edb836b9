import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { byClientCertificate } from '../../../src/partner-center/auth/client-certificate.ts';
import { byClientSecret } from '../../../src/partner-center/auth/client-secret.ts';
import { byFederatedIdentity } from '../../../src/partner-center/auth/federated-identity.ts';
import { AT, answeringLogin, application, granted } from './answering-login.ts';
import { applicationCertificate } from './sign-in-harness.ts';

const { certificate, pem } = await applicationCertificate();
const { fingerprint256 } = new X509Certificate(certificate);

const ways = {
  'a client secret': byClientSecret({ ...application, clientSecret: 'a-secret-of-the-app' }),
  'a client certificate': byClientCertificate({
    ...application,
    readCertificate: async () => ({ pem, thumbprintSha256: fingerprint256.replaceAll(':', '') }),
  }),
  'a federated identity': byFederatedIdentity({
    ...application,
    assertion: async () => 'an-assertion',
  }),
};

/** What proves the app, by name. */
const proofs: Record<keyof typeof ways, object> = {
  'a client secret': { client_secret: 'a-secret-of-the-app' },
  'a client certificate': { client_assertion: expect.stringMatching(/^eyJ/) },
  'a federated identity': { client_assertion: 'an-assertion' },
};

const HOUR_MS = 3_600_000;

describe.each(Object.keys(ways) as (keyof typeof ways)[])('signing in by %s', (way) => {
  const signIn = ways[way];

  it('asks for a token of the app, for the API', async () => {
    const { by, forms } = answeringLogin(granted, { ...granted, access_token: 'another' });
    const beforeMs = Date.now();
    const { token, expiresMs } = await signIn(by);
    expect(token).toBe('access');
    // The library counts in whole seconds.
    expect(expiresMs).toBeGreaterThan(beforeMs + HOUR_MS - 1_000);
    expect(expiresMs).toBeLessThan(Date.now() + HOUR_MS + 1_000);
    expect(forms[0]).toMatchObject({
      grant_type: 'client_credentials',
      client_id: 'c',
      scope: expect.stringContaining('https://api.test/.default'),
      ...proofs[way],
    });
    // Nothing is remembered: it is asked for anew.
    expect((await signIn(by)).token).toBe('another');
  });

  it.each([
    ['a redirect', { status: 307, headers: { location: `${AT}/elsewhere` } }],
    ['trouble', { status: 503, headers: {} }],
  ])('asks only once where the answer is %s', async (_what, answer) => {
    const { by, forms } = answeringLogin(answer, granted);
    await expect(signIn(by)).rejects.toThrow();
    expect(forms).toHaveLength(1);
  });
});
