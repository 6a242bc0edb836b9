import { withTimeout } from '../../shared/with-timeout.ts';
import type { Log } from '../../teardown/log/log.ts';
import { byRefreshToken } from './app-and-user.ts';
import type { Application } from './application.ts';
import { readCertificate } from './certificate.ts';
import { byClientCertificate } from './client-certificate.ts';
import { byClientSecret } from './client-secret.ts';
import { byFederatedIdentity } from './federated-identity.ts';
import { keyVaultRefreshToken } from './key-vault-refresh-token.ts';
import { explainingDiscovery } from './login-discovery.ts';
import { managedIdentityAssertion } from './managed-identity.ts';
import { byNetwork, network } from './network.ts';
import type { SignIn, SignInRequest } from './sign-in-kinds.ts';
import type { RequestToken } from './token.ts';

/** A longer sign-in counts as unanswered, because the libraries themselves would keep waiting. */
export const MAX_SIGN_IN_MS = 8_000;

export interface SignInOptions extends Application {
  readonly signIn: SignIn;
  readonly log: Log;
  readonly nowMs: () => number;
}

/**
 * Signs in the configured way, which loads only what it needs, with the first token. The returned function throws an
 * Error after `maxMs`.
 */
export function signInBy(options: SignInOptions, maxMs = MAX_SIGN_IN_MS): RequestToken {
  const request = requestBy(options);
  const message = `The sign-in was not answered within ${maxMs} ms.`;
  return async () => {
    const by = network();
    try {
      const signIn = explainingDiscovery(by, (observed) => byNetwork(observed, request));
      return await withTimeout(maxMs, signIn, message);
    } finally {
      by.close();
    }
  };
}

function requestBy({ signIn, log, nowMs, ...application }: SignInOptions): SignInRequest {
  switch (signIn.kind) {
    case 'client-secret':
      return byClientSecret({ ...application, clientSecret: signIn.clientSecret });
    case 'client-certificate':
      return byClientCertificate({
        ...application,
        readCertificate: (by) => readCertificate(signIn.certificate, by),
      });
    case 'federated-identity':
      return byFederatedIdentity({
        ...application,
        assertion: () => managedIdentityAssertion(signIn.audience, signIn.identityClientId),
      });
    case 'app-and-user':
      return byRefreshToken({
        ...application,
        credential: signIn.credential,
        store: keyVaultRefreshToken(signIn.refreshToken),
        log,
        nowMs,
      });
  }
}
