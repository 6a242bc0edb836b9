import { keepSecret } from '../../redaction/known-secrets.ts';
import { redact } from '../../redaction/redact.ts';
import { errorMessage } from '../../shared/error-message.ts';
import type { Log } from '../../teardown/log/log.ts';
import type { Application } from './application.ts';
import { confidentialClient, refreshTokenIn } from './confidential-client.ts';
import { isTransientError } from './login-errors.ts';
import { type Network, network } from './network.ts';
import { isNewer, type RefreshToken, type RefreshTokenStore, writeBack } from './refresh-token.ts';
import type { AppCredential, SignInRequest } from './sign-in-kinds.ts';
import { type AccessToken, soundToken } from './token.ts';
import { UnusableCredential } from './unusable-credential.ts';

export interface AppAndUserSignIn extends Application {
  /** The application's own credential; a refresh token alone is of no use. */
  readonly credential: AppCredential;
  readonly store: RefreshTokenStore;
  readonly log: Log;
  readonly nowMs: () => number;
}

interface Redeemed {
  readonly access: AccessToken;
  readonly refresh: RefreshToken;
}

const CONSENT = 'Sign in again with "npm run sandbox-teardown -- consent".';

/**
 * App and user: a stored refresh token is exchanged for an access token and its own successor
 * (https://learn.microsoft.com/partner-center/developer/enable-secure-app-model). The successor is stored at once,
 * because a token that is never renewed expires after 90 days. A failure to store it is only a warning: this instance
 * goes on with the successor, all others with the stored token, and both are valid; the next refresh stores its token
 * again. The returned function throws an {@link UnusableCredential} where a person must sign in again.
 */
export function byRefreshToken(options: AppAndUserSignIn): SignInRequest {
  const { store, log } = options;
  /** The latest token of this instance: the store may have an older one, from an instance that wrote later. */
  let own: RefreshToken | undefined;

  const stored = async (by: Network): Promise<RefreshToken> => {
    const token = await store.read(by);
    if (token !== undefined) return token;
    throw new UnusableCredential(`No one has signed in for this app yet. ${CONSENT}`);
  };

  return async (by = network()) => {
    const kept = await stored(by);
    const current = own !== undefined && isNewer(own, kept) ? own : kept;
    const { access, refresh } = await redeem(current, options, by).catch(async (error: unknown) => {
      if (!isNoLongerGood(error)) throw error;
      // Another instance may have renewed it meanwhile, or a person may have signed in again.
      const latest = await stored(by);
      if (latest.token === current.token) throw ended(error);
      return redeem(latest, options, by).catch((again: unknown) => {
        throw isNoLongerGood(again) ? ended(again) : again;
      });
    });
    own = refresh;
    try {
      await writeBack(store, refresh, by);
    } catch (error) {
      log('refresh-token-not-stored', {
        why: redact(errorMessage(error)),
      });
    }
    return access;
  };
}

/** Creates a new client each time, because MSAL would otherwise answer from its own cache. */
async function redeem(
  kept: RefreshToken,
  options: AppAndUserSignIn,
  by: Network,
): Promise<Redeemed> {
  const client = await confidentialClient(options, options.credential, by);
  const result = await client.acquireTokenByRefreshToken({
    refreshToken: kept.token,
    scopes: [options.scope],
    forceCache: true,
  });
  if (!result?.expiresOn) {
    throw new Error('The login endpoint answered without an access token.');
  }
  return {
    access: { token: result.accessToken, expiresMs: result.expiresOn.getTime() },
    refresh: {
      token: keepSecret(soundToken(refreshTokenIn(client) ?? kept.token)),
      consentedMs: kept.consentedMs,
      issuedMs: options.nowMs(),
    },
  };
}

/** The errors of the login endpoint after which a person must sign in again. */
const ENDED: ReadonlySet<unknown> = new Set(['invalid_grant', 'interaction_required']);

function isNoLongerGood(error: unknown): error is Error {
  const { errorCode, message } = Object(error);
  return ENDED.has(errorCode) && !isTransientError(message);
}

function ended(error: Error): UnusableCredential {
  const message = String(error.message.split(/\r?\n/)[0]);
  return new UnusableCredential(
    `The stored refresh token is no longer accepted (${redact(message)}). ${CONSENT}`,
  );
}
