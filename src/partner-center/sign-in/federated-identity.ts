import type { RequestToken } from '../token.ts';
import { type Application, credentialOptions } from './application.ts';

export interface FederatedIdentitySignIn extends Application {
  /** A token of the identity that the application trusts. */
  readonly assertion: () => Promise<string>;
}

/**
 * App-only with nothing secret at all: a managed identity's token stands for the application, which
 * trusts that identity ("Configure an application to trust a managed identity").
 */
export function byFederatedIdentity(options: FederatedIdentitySignIn): RequestToken {
  return async () => {
    const { ClientAssertionCredential } = await import('@azure/identity');
    const credential = new ClientAssertionCredential(
      options.tenantId,
      options.clientId,
      options.assertion,
      credentialOptions(options.loginUrl),
    );
    const { token, expiresOnTimestamp } = await credential.getToken(options.scope);
    return { token, expiresMs: expiresOnTimestamp };
  };
}
