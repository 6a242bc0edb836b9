import { generate } from 'selfsigned';

/**
 * A certificate for 127.0.0.1 that lives as long as the process; nothing of it is kept. Whoever trusts two
 * such certificates can tell them apart only by their common names.
 */
export async function createCertificate(
  commonName = '127.0.0.1',
): Promise<{ key: string; cert: string }> {
  const made = await generate([{ name: 'commonName', value: commonName }], {
    keyType: 'ec',
    algorithm: 'sha256',
    // It begins in the past: containers and hosts do not always agree on the time.
    notBeforeDate: new Date(Date.now() - 24 * 3_600_000),
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyCertSign: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 7, ip: '127.0.0.1' },
          { type: 2, value: 'localhost' },
        ],
      },
    ],
  });
  return { key: made.private, cert: made.cert };
}
