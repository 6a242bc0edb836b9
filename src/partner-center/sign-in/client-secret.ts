import type { RequestToken } from '../token.ts';

export interface ClientSecretSignIn {
  readonly loginUrl: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope: string;
}

/** App-only by client secret. `@azure/identity` is loaded when the first token is asked for. */
export function byClientSecret(options: ClientSecretSignIn): RequestToken {
  return async () => {
    const { ClientSecretCredential } = await import('@azure/identity');
    // A new credential each time: it would otherwise answer from its own cache, also after a 401.
    const credential = new ClientSecretCredential(
      options.tenantId,
      options.clientId,
      options.clientSecret,
      credentialOptions(options.loginUrl),
    );
    const { token, expiresOnTimestamp } = await credential.getToken(options.scope);
    return { token, expiresMs: expiresOnTimestamp };
  };
}

/** No long retries: a failing sign-in is one more reason to look again later. */
export function credentialOptions(loginUrl: string) {
  return {
    authorityHost: loginUrl,
    disableInstanceDiscovery: true,
    retryOptions: { maxRetries: 1, retryDelayInMs: 200, maxRetryDelayInMs: 1_000 },
  };
}
