import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import type { Application } from '../../partner-center/auth/application.ts';
import { readCertificate } from '../../partner-center/auth/certificate.ts';
import { authorityOf } from '../../partner-center/auth/confidential-client.ts';
import { sendToLogin } from '../../partner-center/auth/login-network.ts';
import { type Network, network } from '../../partner-center/auth/network.ts';
import type { ConsentSettings } from './consent-settings.ts';
import { type SignInPerson, signedIn } from './signed-in.ts';

/** Form fields by which the application proves itself to a token endpoint. */
type Prove = (tokenUrl: string) => Readonly<Record<string, string>>;

/**
 * A sign-in on any device with a browser. MSAL has it for public clients only; but a refresh token given to
 * a public client is refused to one that proves itself (AADSTS700025), as the app will. So the application
 * proves itself here too, in each request to the token endpoint.
 */
export function byDeviceCode(
  application: Application,
  credential: ConsentSettings['credential'],
): SignInPerson {
  return async (say) => {
    const { PublicClientApplication } = await import('@azure/msal-node');
    const networkClient = provingNetwork(await proofBy(application, credential));
    const client = new PublicClientApplication({
      auth: authorityOf(application),
      system: { networkClient },
    });
    const result = await client.acquireTokenByDeviceCode({
      scopes: [application.scope],
      deviceCodeCallback: ({ message }) => say(message),
    });
    return signedIn(result, client);
  };
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

/** For fifteen minutes, which a code is good, MSAL asks every few seconds whether the person has signed in. */
const MAX_REQUESTS = 1_000;

function provingNetwork(prove: Prove): INetworkModule {
  const by = network(MAX_REQUESTS);
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
  // MSAL would keep only the error's name, and the message is what helps; its own errors it lets through.
  if (message !== undefined && error !== 'authorization_pending') {
    const { AuthError } = await import('@azure/msal-node');
    throw new AuthError(error, '', message);
  }
  return response;
}
