import tls from 'node:tls';
import { type SandboxOptions, startSandbox } from 'partner-center-sandbox';
import { onTestFinished } from 'vitest';
import { api } from '../../src/partner-center/api.ts';
import { byClientSecret } from '../../src/partner-center/auth/client-secret.ts';
import { tokenCache } from '../../src/partner-center/auth/token-cache.ts';
import { partnerCenterClient } from '../../src/partner-center/client.ts';
import { rateLimiter } from '../../src/partner-center/http/rate-limiter.ts';

export const SCOPE = 'https://api.partnercenter.microsoft.com/.default';

/** A simulated sandbox with a client signed in to it, over real HTTP and HTTPS; gone after the test. */
export async function signedInSandbox(options: SandboxOptions = {}) {
  const server = await startSandbox({ seed: 1, ...options });
  onTestFinished(() => server.close());
  trust(server.certificatePem);
  const { tenantId, clientId, clientSecret, loginUrl, apiUrl } = server;
  const nowMs = () => Date.now();
  const tokens = tokenCache(
    byClientSecret({ loginUrl, tenantId, clientId, clientSecret, scope: SCOPE }),
    nowMs,
  );
  const client = (teardownId = 'teardown-1') =>
    partnerCenterClient(
      api(
        { apiUrl, tokens, limiter: rateLimiter(500, nowMs), timeoutMs: 60_000, nowMs },
        teardownId,
      ),
    );
  return { server, core: server.sandbox, tokens, client };
}

/** Makes this process trust one certificate and no other, as NODE_EXTRA_CA_CERTS does for the host's process. */
export function trust(certificatePem: string): void {
  tls.setDefaultCACertificates([certificatePem]);
}
