import type { ConfidentialClientApplication, JsonCache, NodeAuthOptions } from '@azure/msal-node';
import type { Application } from './application.ts';
import { readCertificate } from './certificate.ts';
import { loginNetwork } from './login-network.ts';
import { managedIdentityAssertion } from './managed-identity.ts';
import { type Network, network } from './network.ts';
import type { AppCredential } from './sign-in-kinds.ts';

/**
 * MSAL's client for sign-ins of a person through an application that proves itself.
 *
 * @throws UnusableCredential for a certificate that cannot be used
 */
export async function confidentialClient(
  application: Application,
  credential: AppCredential,
  by = network(),
): Promise<ConfidentialClientApplication> {
  const [{ ConfidentialClientApplication }, proof] = await Promise.all([
    import('@azure/msal-node'),
    proofOf(credential, by),
  ]);
  return new ConfidentialClientApplication({
    auth: { ...authorityOf(application), ...proof },
    system: { networkClient: loginNetwork(by) },
  });
}

/** The authority is used as configured, and is not resolved through another cloud. */
export function authorityOf({ loginUrl, tenantId, clientId }: Application) {
  return {
    clientId,
    authority: `${loginUrl}/${tenantId}`,
    knownAuthorities: [new URL(loginUrl).host],
  };
}

async function proofOf(credential: AppCredential, by: Network): Promise<Partial<NodeAuthOptions>> {
  switch (credential.kind) {
    case 'client-secret':
      return { clientSecret: credential.clientSecret };
    case 'client-certificate': {
      const { pem, thumbprintSha256 } = await readCertificate(credential.certificate, by);
      return { clientCertificate: { privateKey: pem, thumbprintSha256 } };
    }
    case 'federated-identity': {
      const { audience, identityClientId } = credential;
      return { clientAssertion: () => managedIdentityAssertion(audience, identityClientId) };
    }
  }
}

/** MSAL exposes refresh tokens only through its cache. */
export function refreshTokenIn(client: {
  getTokenCache(): { serialize(): string };
}): string | undefined {
  const { RefreshToken = {} }: Partial<JsonCache> = JSON.parse(client.getTokenCache().serialize());
  return Object.values(RefreshToken)[0]?.secret;
}
