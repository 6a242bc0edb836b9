import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { signInError } from '../../../src/partner-center/auth/sign-in-error.ts';
import { tenantOf } from '../../../src/partner-center/auth/token.ts';
import { tokenCache } from '../../../src/partner-center/auth/token-cache.ts';
import { applicationCertificate, signInHarness, temporaryFile } from './sign-in-harness.ts';

const [one, other, elliptic] = await Promise.all([
  applicationCertificate(),
  applicationCertificate(),
  applicationCertificate('ec'),
]);

const failureOf = async (request: () => Promise<unknown>) =>
  signInError(await request().catch((error: unknown) => error)).response;

describe('signing in by client secret', () => {
  it('gets a token for the tenant, good for about an hour', async () => {
    const { request, signIns, server } = await signInHarness();
    const beforeMs = Date.now();
    const token = await request(signIns.clientSecret)();
    expect(tenantOf(token)).toBe(server.tenantId);
    expect(token.expiresMs - beforeMs).toBeGreaterThan(3_500_000);
  });

  it('asks for one token however many invocations want one', async () => {
    const { request, signIns, server } = await signInHarness();
    server.sandbox.injectFault({ kind: 'status', operation: 'get-token', status: 400, after: 1 });
    const cache = tokenCache(request(signIns.clientSecret), () => Date.now());
    const tokens = await Promise.all(Array.from({ length: 20 }, () => cache.current()));
    expect(new Set(tokens.map(({ token }) => token)).size).toBe(1);
  });

  it('times out, as a sign-in without an answer', async () => {
    const { request, signIns, server } = await signInHarness();
    server.sandbox.injectFault({ kind: 'delay', operation: 'get-token', delayMs: 60_000 });
    const answer = await failureOf(request(signIns.clientSecret, 100));
    expect(answer).toMatchObject({ status: 0, description: expect.stringContaining('100 ms') });
  });
});

describe('signing in by client certificate', () => {
  it('takes the certificate from a file, and a renewed one without a restart', async () => {
    const { request, signIns } = await signInHarness({ certificates: [other.certificate] });
    const path = await temporaryFile(one.pem);
    const signIn = request(signIns.certificateFile(path));
    expect(await failureOf(signIn)).toMatchObject({
      status: 401,
      description: expect.stringContaining('AADSTS700027'),
    });
    await writeFile(path, other.pem);
    expect(await signIn()).toHaveProperty('token');
  });

  it('takes the certificate from a Key Vault, as the managed identity', async () => {
    const { request, signIns, vault, identity } = await signInHarness({
      certificates: [one.certificate],
    });
    vault.put('certificate', one.pem);
    const signIn = signIns.certificateSecret('certificate');
    expect(await request(signIn)()).toHaveProperty('token');
    expect(identity.asked).toEqual(['https://vault.azure.net']);
  });

  it.each([
    ['there is no such file', undefined, 'cannot be read'],
    ['it is no PEM', 'MIIKcQIBAzCCCi0GCSqGSIb3', 'application/x-pem-file'],
    ['the certificate is missing', one.key, 'application/x-pem-file'],
    ['the key is missing', one.certificate, 'application/x-pem-file'],
    [
      'the key is of another certificate',
      one.key + other.certificate,
      'belongs to the certificate',
    ],
    ['the key is no RSA key', elliptic.pem, 'RSA'],
  ])('is refused for good when %s, and shows no part of it', async (_when, pem, message) => {
    const { request, signIns } = await signInHarness();
    const path = pem === undefined ? '/nowhere/certificate.pem' : await temporaryFile(pem);
    const answer = await failureOf(request(signIns.certificateFile(path)));
    expect(answer).toMatchObject({ status: 401, description: expect.stringContaining(message) });
    expect(answer.body).not.toMatch(/PRIVATE KEY|MII/);
  });

  it.each([
    [403, 401, 'Key Vault Secrets User'],
    [404, 401, 'PARTNER_CENTER_CERTIFICATE_SECRET'],
    [503, 503, 'InternalServerError'],
  ])('from a Key Vault that answers %i is an error of status %i', async (status, as, said) => {
    const { request, signIns, vault } = await signInHarness();
    vault.refuse('GET', status, 10);
    const signIn = signIns.certificateSecret('certificate');
    expect(await failureOf(request(signIn))).toMatchObject({
      status: as,
      description: expect.stringContaining(said),
    });
  });
});

describe('signing in by federated identity', () => {
  it('needs no secret: the managed identity acts as the application', async () => {
    const { request, signIns, server, identity } = await signInHarness();
    const token = await request(signIns.federatedIdentity)();
    expect(tenantOf(token)).toBe(server.tenantId);
    expect(identity.asked).toEqual(['api://AzureADTokenExchange']);
  });

  it('is refused for good where the application does not trust the identity', async () => {
    const { request, signIns } = await signInHarness({ federatedCredentials: [] });
    expect(await failureOf(request(signIns.federatedIdentity))).toMatchObject({
      status: 401,
      description: expect.stringContaining('AADSTS70021'),
    });
  });

  it('may succeed later when the managed identity is not available', async () => {
    const { request, signIns } = await signInHarness();
    const identityClientId = '11111111-2222-3333-4444-555555555555';
    const answer = await failureOf(request({ ...signIns.federatedIdentity, identityClientId }));
    expect(answer).toMatchObject({
      status: 0,
      description: expect.stringContaining('ManagedIdentityCredential'),
    });
  });
});
