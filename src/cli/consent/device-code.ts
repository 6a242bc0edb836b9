import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import type { Application } from '../../partner-center/auth/application.ts';
import { readCertificate } from '../../partner-center/auth/certificate.ts';
import { authorityOf } from '../../partner-center/auth/confidential-client.ts';
import { explainingDiscovery } from '../../partner-center/auth/login-discovery.ts';
import { sendToLogin } from '../../partner-center/auth/login-network.ts';
import { type Network, network } from '../../partner-center/auth/network.ts';
import type { ConsentSettings } from './consent-settings.ts';
import { type SignInPerson, signedIn } from './signed-in.ts';

/** Form fields by which the application proves itself to a token endpoint. */
type Prove = (tokenUrl: string) => Readonly<Record<string, string>>;

/**
 * A sign-in on any device with a browser. MSAL supports it only for public clients, but a refresh token of a public
 * client is refused to a confidential one (AADSTS700025), which the app is. So the application proves itself here too,
 * in each request to the token endpoint.
 */
export function byDeviceCode(
  application: Application,
  credential: ConsentSettings['credential'],
): SignInPerson {
  return (say) =>
    explainingDiscovery(network(MAX_REQUESTS), async (by) => {
      const { PublicClientApplication } = await import('@azure/msal-node');
      const networkClient = provingNetwork(await proofBy(application, credential), by);
      const client = new PublicClientApplication({
        auth: authorityOf(application),
        system: { networkClient },
      });
      const result = await client.acquireTokenByDeviceCode({
        scopes: [application.scope],
        deviceCodeCallback: ({ message }) => say(message),
      });
      return signedIn(result, client);
    });
}

async function proofBy(
  { clientId }: Application,
  credential: ConsentSettings['credential'],
): Promise<Prove> {
  if (credential.kind === 'client-secret') {
    return () => ({ client_secret: credential.clientSecret });
  }
  const { ClientAssertion, CryptoProvider } = await import('@azure/msal-node');
  const { thumbprintSha256, pem } = await readCertificate(credential.certificate);
  const assertion = ClientAssertion.fromCertificateWithSha256Thumbprint(thumbprintSha256, pem);
  const crypto = new CryptoProvider();
  return (tokenUrl) => ({
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion.getJwt(crypto, clientId, tokenUrl),
  });
}

/** A code is valid for fifteen minutes, in which MSAL polls every few seconds. */
const MAX_REQUESTS = 1_000;

function provingNetwork(prove: Prove, by: Network): INetworkModule {
  return {
    sendGetRequestAsync: (url, options) => send(by, url, {}, options),
    sendPostRequestAsync(url, options = {}) {
      const form = new URLSearchParams(options.body);
      const { origin, pathname } = new URL(url);
      if (pathname.endsWith('/token')) {
        for (const [name, value] of Object.entries(prove(origin + pathname))) form.set(name, value);
      }
      return send(by, url, { method: 'POST', body: form.toString() }, options);
    },
  };
}

async function send<T>(
  by: Network,
  url: string,
  init: RequestInit,
  options: NetworkRequestOptions | undefined,
): Promise<NetworkResponse<T>> {
  const response = await sendToLogin<T & { error?: string; error_description?: string }>(
    by,
    url,
    init,
    options,
  );
  const { error = 'refused', error_description: message } = response.body;
  // MSAL keeps only the name of an error, but passes its own errors on, and the message is what helps.
  if (message !== undefined && error !== 'authorization_pending') {
    const { AuthError } = await import('@azure/msal-node');
    throw new AuthError(error, '', message);
  }
  return response;
}
