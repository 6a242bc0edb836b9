import { type Application, credentialOptions } from './application.ts';
import { network } from './network.ts';
import type { SignInRequest } from './sign-in-kinds.ts';

export interface FederatedIdentitySignIn extends Application {
  /** Returns a token of the identity that the application trusts. */
  readonly assertion: () => Promise<string>;
}

/**
 * App-only without any secret: a managed identity's token stands for the application, which trusts that identity
 * (https://learn.microsoft.com/entra/workload-id/workload-identity-federation-config-app-trust-managed-identity).
 */
export function byFederatedIdentity(options: FederatedIdentitySignIn): SignInRequest {
  return async (by = network()) => {
    const { ClientAssertionCredential } = await import('@azure/identity');
    const credential = new ClientAssertionCredential(
      options.tenantId,
      options.clientId,
      options.assertion,
      credentialOptions(options.loginUrl, by),
    );
    const { token, expiresOnTimestamp } = await credential.getToken(options.scope);
    return { token, expiresMs: expiresOnTimestamp };
  };
}
