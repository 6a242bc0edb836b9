import { readFileSync, statSync } from 'node:fs';

/** A chain of certificates and a key have a few thousand bytes. */
const MAX_BYTES = 256 * 1024;

/**
 * What is wrong with this file as a certificate; undefined for a good one. The message leaves out the path, which may
 * be a secret pasted into the wrong setting.
 */
export function objectionToCertificateFile(path: string): string | undefined {
  const what = 'it must be the path of a PEM file with the certificate and its private key';
  try {
    const file = statSync(path);
    if (!file.isFile()) {
      return `PARTNER_CENTER_CERTIFICATE_FILE names something that is not a file; ${what}.`;
    }
    const pem = file.size > MAX_BYTES ? '' : readFileSync(path, 'utf8');
    return pem.includes('-----BEGIN CERTIFICATE-----') && pem.includes('PRIVATE KEY-----')
      ? undefined
      : `PARTNER_CENTER_CERTIFICATE_FILE names a file that holds no certificate with its key; ${what}.`;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    return `PARTNER_CENTER_CERTIFICATE_FILE names a file that cannot be read${code}; ${what}.`;
  }
}
