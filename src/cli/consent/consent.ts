import { secretUrl } from '../../partner-center/auth/key-vault.ts';
import { keyVaultRefreshToken } from '../../partner-center/auth/key-vault-refresh-token.ts';
import { writeBack } from '../../partner-center/auth/refresh-token.ts';
import type { ConsentSettings } from './consent-settings.ts';
import { hadSeveralFactors, type SignInPerson } from './signed-in.ts';

/**
 * The one-time consent of the secure application model: a person signs in, and the refresh token goes to the Key Vault
 * and nowhere else. Source: https://learn.microsoft.com/partner-center/developer/enable-secure-app-model
 *
 * @throws UnusableCredential if the vault refuses
 * @throws Error if the sign-in fails
 */
export async function consent(
  { signIn }: ConsentSettings,
  signInPerson: SignInPerson,
  say: (line: string) => void,
  nowMs: () => number,
): Promise<void> {
  const store = keyVaultRefreshToken(signIn.refreshToken);
  // Fails before the sign-in if the vault is out of reach.
  await store.read();
  say('Sign in to the sandbox account as an Admin agent, with multi-factor authentication.');
  const { accessToken, refreshToken } = await signInPerson(say);
  const issuedMs = nowMs();
  const token = { token: refreshToken, consentedMs: issuedMs, issuedMs };
  await store.write(token);
  // The app may just have written the successor of an earlier consent's token.
  await writeBack(store, token);
  say(`Done: the refresh token is kept in ${secretUrl(signIn.refreshToken)}.`);
  say('The app renews it with every use; it ends after 90 days without any.');
  if (hadSeveralFactors(accessToken) === false) {
    say(
      'But this sign-in was without multi-factor authentication, and Partner Center refuses calls made so: require it for this person, then run this again.',
    );
  }
}
