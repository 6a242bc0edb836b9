import { type Application, credentialOptions } from './application.ts';
import { network } from './network.ts';
import type { SignInRequest } from './sign-in-kinds.ts';

export interface ClientSecretSignIn extends Application {
  readonly clientSecret: string;
}

/** App-only by client secret. `@azure/identity` is loaded with the first token. */
export function byClientSecret(options: ClientSecretSignIn): SignInRequest {
  return async (by = network()) => {
    const { ClientSecretCredential } = await import('@azure/identity');
    // A new credential each time: it would otherwise answer from its own cache, even after a 401.
    const credential = new ClientSecretCredential(
      options.tenantId,
      options.clientId,
      options.clientSecret,
      credentialOptions(options.loginUrl, by),
    );
    const { token, expiresOnTimestamp } = await credential.getToken(options.scope);
    return { token, expiresMs: expiresOnTimestamp };
  };
}
