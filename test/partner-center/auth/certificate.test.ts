import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readCertificate } from '../../../src/partner-center/auth/certificate.ts';
import {
  confidentialClient,
  refreshTokenIn,
} from '../../../src/partner-center/auth/confidential-client.ts';
import { redact } from '../../../src/redaction/redact.ts';
import { answeringLogin, application, granted } from './answering-login.ts';
import { applicationCertificate, signInHarness, temporaryFile } from './sign-in-harness.ts';

const { certificate, key, pem } = await applicationCertificate();
const FILE = 'the file that PARTNER_CENTER_CERTIFICATE_FILE names';
const file = (path: string) => readCertificate({ kind: 'file', path });
const unusable = (message: string) =>
  expect.objectContaining({ name: 'UnusableCredential', message });

describe('a certificate', () => {
  it('in a file is read with its thumbprint, and is redacted from then on', async () => {
    const thumbprintSha256 = new X509Certificate(certificate).fingerprint256.replaceAll(':', '');
    expect(thumbprintSha256).toMatch(/^[\dA-F]{64}$/);
    expect(await file(await temporaryFile(pem))).toEqual({ pem, thumbprintSha256 });
    expect(redact(`It is ${pem}`)).not.toContain(certificate.trim().split('\n')[1]);
  });

  it('in a Key Vault is read by its name', async () => {
    const { vault, secret } = await signInHarness();
    vault.put('certificate', pem);
    const source = { kind: 'key-vault', secret: secret('certificate') } as const;
    expect(await readCertificate(source)).toMatchObject({ pem });
  });

  it('that is missing is reported with the setting that names it', async () => {
    await expect(file('/nowhere/certificate.pem')).rejects.toEqual(
      unusable(
        'The file that PARTNER_CENTER_CERTIFICATE_FILE names cannot be read (ENOENT); the setting must be the path of a PEM file.',
      ),
    );
    const folder = await mkdtemp(`${tmpdir()}/no-file-`);
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    await expect(file(folder)).rejects.toThrow('(EISDIR)');
    const { secret, keyVault } = await signInHarness();
    await expect(readCertificate({ kind: 'key-vault', secret: secret('none') })).rejects.toEqual(
      unusable(
        `There is no secret ${keyVault.url}/secrets/none; check PARTNER_CENTER_CERTIFICATE_SECRET.`,
      ),
    );
  });

  it('that is invalid, or lacks its key, is reported with its place', async () => {
    for (const text of ['x', key, certificate]) {
      await expect(file(await temporaryFile(text))).rejects.toEqual(
        unusable(
          `There must be a certificate and its private key, unencrypted, in PEM in ${FILE}. In a Key Vault, create the certificate with the content type application/x-pem-file.`,
        ),
      );
    }
  });

  it('with a wrong key, or one that is not RSA, is reported with its place', async () => {
    const [elliptic, other] = [await applicationCertificate('ec'), await applicationCertificate()];
    for (const text of [elliptic.pem, other.key + certificate]) {
      await expect(file(await temporaryFile(text))).rejects.toEqual(
        unusable(
          `The private key in ${FILE} must be an RSA key that belongs to the certificate beside it.`,
        ),
      );
    }
  });
});

it('MSAL proves the app by its certificate, by the SHA-256 of it', async () => {
  const { by, forms } = answeringLogin(granted);
  const source = { kind: 'file', path: await temporaryFile(pem) } as const;
  const credential = { kind: 'client-certificate', certificate: source } as const;
  const client = await confidentialClient(application, credential, by);
  await client.acquireTokenByRefreshToken({ refreshToken: 'kept', scopes: ['s'] });
  const [head = ''] = forms[0]?.['client_assertion']?.split('.') ?? [];
  const { fingerprint256 } = new X509Certificate(certificate);
  expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toMatchObject({
    'x5t#S256': Buffer.from(fingerprint256.replaceAll(':', ''), 'hex').toString('base64url'),
  });
  expect(forms[0]?.['client_id']).toBe('c');
});

it('a refresh token is taken from the cache of MSAL, where there is one', () => {
  const cached = (text: object) =>
    refreshTokenIn({ getTokenCache: () => ({ serialize: () => JSON.stringify(text) }) });
  expect(cached({ RefreshToken: { a: { secret: 'first' }, b: { secret: 'second' } } })).toBe(
    'first',
  );
  expect([cached({}), cached({ RefreshToken: {} })]).toEqual([undefined, undefined]);
});
