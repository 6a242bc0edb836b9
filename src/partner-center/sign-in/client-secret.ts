import type { RequestToken } from '../token.ts';
import { type Application, credentialOptions } from './application.ts';

export interface ClientSecretSignIn extends Application {
  readonly clientSecret: string;
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
