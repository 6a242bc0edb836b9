import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { keepSecret } from '../../redaction/known-secrets.ts';
import { readSecret, secretUrl } from './key-vault.ts';
import { type Network, network } from './network.ts';
import type { CertificateSource } from './sign-in-kinds.ts';
import { UnusableCredential } from './unusable-credential.ts';

/** A certificate with its private key. */
export interface Certificate {
  /** Both as PEM, as they were read. */
  readonly pem: string;
  /** Hexadecimal, without colons. */
  readonly thumbprintSha256: string;
}

/**
 * Reads a certificate and checks that it can be used.
 *
 * @throws UnusableCredential if it cannot be read, or has no RSA key of its own
 */
export async function readCertificate(
  source: CertificateSource,
  by = network(),
): Promise<Certificate> {
  const where =
    source.kind === 'file'
      ? 'the file that PARTNER_CENTER_CERTIFICATE_FILE names'
      : secretUrl(source.secret);
  const pem =
    source.kind === 'file' ? await fromFile(source.path) : await fromVault(source, where, by);
  const { certificate, key } = parsed(pem, where);
  if (key.asymmetricKeyType !== 'rsa' || !certificate.checkPrivateKey(key)) {
    throw new UnusableCredential(
      `The private key in ${where} must be an RSA key that belongs to the certificate beside it.`,
    );
  }
  return { pem, thumbprintSha256: certificate.fingerprint256.replaceAll(':', '') };
}

async function fromFile(path: string): Promise<string> {
  try {
    return keepSecret(await readFile(path, 'utf8'));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    // Without the path, which may be a secret that was pasted into the wrong setting.
    throw new UnusableCredential(
      `The file that PARTNER_CENTER_CERTIFICATE_FILE names cannot be read${code}; the setting must be the path of a PEM file.`,
    );
  }
}

async function fromVault(
  source: CertificateSource & { kind: 'key-vault' },
  where: string,
  by: Network,
): Promise<string> {
  const secret = await readSecret(source.secret, by);
  if (secret?.value !== undefined) return secret.value;
  throw new UnusableCredential(
    `There is no secret ${where}; check PARTNER_CENTER_CERTIFICATE_SECRET.`,
  );
}

function parsed(pem: string, where: string): { certificate: X509Certificate; key: KeyObject } {
  try {
    return { certificate: new X509Certificate(pem), key: createPrivateKey(pem) };
  } catch {
    // Without the cause, which might quote what was read.
    throw new UnusableCredential(
      `There must be a certificate and its private key, unencrypted, in PEM in ${where}. In a Key Vault, create the certificate with the content type application/x-pem-file.`,
    );
  }
}
