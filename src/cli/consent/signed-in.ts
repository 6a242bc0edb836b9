import type { AuthenticationResult } from '@azure/msal-node';
import { refreshTokenIn } from '../../partner-center/auth/confidential-client.ts';
import { claimsOf, soundToken } from '../../partner-center/auth/token.ts';
import { keepSecret } from '../../redaction/known-secrets.ts';
import { scalarText } from '../../shared/scalar-text.ts';

/** What a person's sign-in gave; neither token is ever shown. */
export interface SignedIn {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/**
 * Lets a person sign in; `say` prints the instructions.
 *
 * @throws Error where the person does not sign in, or the login endpoint refuses
 */
export type SignInPerson = (say: (line: string) => void) => Promise<SignedIn>;

/**
 * The tokens of a sign-in through MSAL.
 *
 * @throws Error where it gave no refresh token
 */
export function signedIn(
  result: AuthenticationResult | null,
  client: Parameters<typeof refreshTokenIn>[0],
): SignedIn {
  const refreshToken = refreshTokenIn(client);
  if (result === null || refreshToken === undefined) {
    throw new Error(
      'The login endpoint gave no refresh token; check that the application has the delegated permission "user_impersonation" of the Partner Center API.',
    );
  }
  return {
    accessToken: keepSecret(soundToken(result.accessToken)),
    refreshToken: keepSecret(soundToken(refreshToken)),
  };
}

/** Whether the access token says that more than one factor was used; undefined where it does not say. */
export function hadSeveralFactors(accessToken: string): boolean | undefined {
  const { amr } = claimsOf({ token: accessToken });
  if (!Array.isArray(amr)) return undefined;
  return amr.some((method) => scalarText(method)?.includes('mfa'));
}
