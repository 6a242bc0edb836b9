import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { type SandboxOptions, startSandbox } from 'partner-center-sandbox';
import { startKeyVault } from 'partner-center-sandbox/key-vault';
import { generate } from 'selfsigned';
import { onTestFinished, vi } from 'vitest';
import { api } from '../../../src/partner-center/api.ts';
import { signInBy } from '../../../src/partner-center/auth/sign-in.ts';
import type { SignIn } from '../../../src/partner-center/auth/sign-in-kinds.ts';
import { tokenCache } from '../../../src/partner-center/auth/token-cache.ts';
import { partnerCenterClient } from '../../../src/partner-center/client.ts';
import { rateLimiter } from '../../../src/partner-center/http/rate-limiter.ts';
import type { Log } from '../../../src/teardown/log/log.ts';
import { SCOPE } from '../signed-in-sandbox.ts';
import { startIdentityEndpoint } from './managed-identity.ts';

const REFRESH_TOKEN = 'refresh-token';

/** The libraries take their time to load, on a machine that does something else. */
const PATIENCE_MS = 300_000;

/** For as long as the process lives, as the library remembers it: several files of tests may share one. */
const identityEndpoint = await startIdentityEndpoint();
identityEndpoint.unref();

/** Login endpoint, API, Key Vault and managed identity, all over real sockets; gone after the test. */
export async function signInHarness(options: SandboxOptions = {}) {
  const keyVault = await startKeyVault({ ...(options.clock && { clock: options.clock }) });
  onTestFinished(() => keyVault.close());
  const identity = identityEndpoint.addIdentity(keyVault.accessToken);
  const server = await startSandbox({ federatedCredentials: [identity.federated], ...options });
  onTestFinished(() => server.close());
  tls.setDefaultCACertificates([keyVault.certificatePem, server.certificatePem]);
  for (const [name, value] of Object.entries(identityEndpoint.environment)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());

  const application = {
    loginUrl: server.loginUrl,
    tenantId: server.tenantId,
    clientId: server.clientId,
    scope: SCOPE,
  };
  const secret = (name: string) => ({
    vaultUrl: keyVault.url,
    name,
    identityClientId: identity.clientId,
  });
  const warnings: string[] = [];
  const nowMs = () => options.clock?.nowMs() ?? Date.now();
  const log: Log = (event, fields) => {
    warnings.push(`${event} ${JSON.stringify(fields)}`);
  };
  /** One instance's sign-in. */
  const request = (signIn: SignIn, maxMs = PATIENCE_MS) =>
    signInBy({ ...application, signIn, log, nowMs }, maxMs);
  /** A Partner Center client signed in so. */
  const client = (signIn: SignIn) => {
    const tokens = tokenCache(request(signIn), nowMs);
    const limiter = rateLimiter(500, nowMs);
    return partnerCenterClient(
      api({ apiUrl: server.apiUrl, tokens, limiter, timeoutMs: 60_000, nowMs }, 'teardown-1'),
    );
  };
  const clientSecret = { kind: 'client-secret', clientSecret: server.clientSecret } as const;
  const federatedIdentity = {
    kind: 'federated-identity',
    audience: 'api://AzureADTokenExchange',
    identityClientId: identity.clientId,
  } as const;
  return {
    server,
    vault: keyVault.vault,
    keyVault,
    identity,
    identityEnvironment: identityEndpoint.environment,
    application,
    secret,
    warnings,
    log,
    nowMs,
    request,
    client,
    signIns: {
      clientSecret,
      federatedIdentity,
      certificateFile: (path: string) =>
        ({ kind: 'client-certificate', certificate: { kind: 'file', path } }) as const,
      certificateSecret: (name: string) =>
        ({
          kind: 'client-certificate',
          certificate: { kind: 'key-vault', secret: secret(name) },
        }) as const,
      appAndUser: {
        kind: 'app-and-user',
        credential: clientSecret,
        refreshToken: secret(REFRESH_TOKEN),
      } as const,
    },
    /** The refresh token as it is kept: every version, the oldest first. */
    kept: () => keyVault.vault.versions(REFRESH_TOKEN).map(({ value }) => value),
    keep: (token: string, tags?: Readonly<Record<string, string>>) =>
      keyVault.vault.put(REFRESH_TOKEN, token, tags),
  };
}

/** A certificate that signs itself, with its private key, as one PEM text. */
export async function applicationCertificate(keyType: 'rsa' | 'ec' = 'rsa') {
  const made = await generate([{ name: 'commonName', value: 'sandbox-teardown' }], {
    keyType,
    algorithm: 'sha256',
  });
  return { certificate: made.cert, key: made.private, pem: `${made.private}\n${made.cert}` };
}

/** A file that is gone after the test. */
export async function temporaryFile(text: string): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'sign-in-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const path = join(directory, 'text.pem');
  await writeFile(path, text);
  return path;
}
