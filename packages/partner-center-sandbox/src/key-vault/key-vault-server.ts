import { type Clock, systemClock } from '@sandbox-teardown/shared/clock';
import { createCertificate } from '../certificate.ts';
import { createShell, listen, type ShellRequest } from '../http-shell.ts';
import { Vault } from './vault.ts';

export interface KeyVaultOptions {
  readonly clock?: Clock;
  /** The one access token that is let in. */
  readonly accessToken?: string;
  /** On 127.0.0.1. Default 0: a free one. */
  readonly port?: number;
}

export interface KeyVaultServer {
  /** `https://127.0.0.1:PORT`, with a certificate that signs itself. */
  readonly url: string;
  readonly certificatePem: string;
  readonly accessToken: string;
  /** The core, for tests in the same process. */
  readonly vault: Vault;
  close(): Promise<void>;
}

/** Starts a simulated Key Vault for secrets on 127.0.0.1. */
export async function startKeyVault(options: KeyVaultOptions = {}): Promise<KeyVaultServer> {
  const { clock = systemClock, accessToken = 'a-token-for-the-vault', port = 0 } = options;
  const vault = new Vault({ nowMs: () => clock.nowMs(), accessToken });
  const https = await createCertificate('key-vault');
  const server = createShell({
    clock,
    https,
    refuse: (status, message) => ({ status, body: { error: { code: 'BadRequest', message } } }),
    answer: (request) => vault.handle(vaultRequest(request)),
  });
  const url = await listen(server, port);
  return { url, certificatePem: https.cert, accessToken, vault, close: () => server.close() };
}

function vaultRequest({ method, path, query, headers, text }: ShellRequest) {
  return {
    method,
    path,
    query,
    authorization: headers['authorization'],
    body: parsed(text),
    baseUrl: `https://${headers['host'] ?? '127.0.0.1'}`,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
