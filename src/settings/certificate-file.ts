import { accessSync, constants, statSync } from 'node:fs';

/** Why this file cannot be the certificate's, in a sentence without its path: a secret pasted here is not shown. */
export function objectionToCertificateFile(path: string): string | undefined {
  const what = 'it must be the path of a PEM file with the certificate and its private key';
  try {
    accessSync(path, constants.R_OK);
    return statSync(path).isFile()
      ? undefined
      : `PARTNER_CENTER_CERTIFICATE_FILE names something that is no file; ${what}.`;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    return `PARTNER_CENTER_CERTIFICATE_FILE names a file that cannot be read${code}; ${what}.`;
  }
}
