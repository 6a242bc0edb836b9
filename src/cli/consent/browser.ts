import { randomUUID } from 'node:crypto';
import type { ConfidentialClientApplication } from '@azure/msal-node';
import type { Application } from '../../partner-center/auth/application.ts';
import { confidentialClient } from '../../partner-center/auth/confidential-client.ts';
import { explainingDiscovery } from '../../partner-center/auth/login-discovery.ts';
import { network } from '../../partner-center/auth/network.ts';
import type { ConsentSettings } from './consent-settings.ts';
import { listenForCode } from './redirect.ts';
import { type SignedIn, type SignInPerson, signedIn } from './signed-in.ts';

/** A sign-in in a browser on this machine, which is redirected to a local listener (RFC 8252, section 7.3). */
export function byBrowser(
  application: Application,
  credential: ConsentSettings['credential'],
): SignInPerson {
  return (say) =>
    explainingDiscovery(network(), async (by) => {
      const client = await confidentialClient(application, credential, by);
      return signInInBrowser(client, application.scope, say);
    });
}

async function signInInBrowser(
  client: ConfidentialClientApplication,
  scope: string,
  say: (line: string) => void,
): Promise<SignedIn> {
  const { CryptoProvider } = await import('@azure/msal-node');
  const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
  const state = randomUUID();
  const redirect = await listenForCode(state);
  try {
    const request = { scopes: [scope], redirectUri: redirect.uri };
    const address = await client.getAuthCodeUrl({
      ...request,
      state,
      codeChallenge: challenge,
      codeChallengeMethod: 'S256',
      prompt: 'select_account',
    });
    say('The application needs the redirect URI http://localhost, of the platform "Web".');
    say(`To sign in, open this address in a browser on this machine:\n\n${address}\n`);
    const code = await redirect.code;
    const result = await client.acquireTokenByCode({ ...request, code, codeVerifier: verifier });
    return signedIn(result, client);
  } finally {
    redirect.close();
  }
}
