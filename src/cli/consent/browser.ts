import { randomUUID } from 'node:crypto';
import type { Application } from '../../partner-center/auth/application.ts';
import { confidentialClient } from '../../partner-center/auth/confidential-client.ts';
import type { ConsentSettings } from './consent-settings.ts';
import { listenForCode } from './redirect.ts';
import { type SignInPerson, signedIn } from './signed-in.ts';

/** A sign-in in a browser on this machine, which is redirected to a local listener (RFC 8252, section 7.3). */
export function byBrowser(
  application: Application,
  credential: ConsentSettings['credential'],
): SignInPerson {
  return async (say) => {
    const { CryptoProvider } = await import('@azure/msal-node');
    const client = await confidentialClient(application, credential);
    const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
    const state = randomUUID();
    const redirect = await listenForCode(state);
    try {
      const request = { scopes: [application.scope], redirectUri: redirect.uri };
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
  };
}
