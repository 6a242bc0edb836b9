import { keepSecret } from '../../redaction/known-secrets.ts';
import { type AccessToken, type RequestToken, soundAccess } from './token.ts';

/**
 * A token is renewed this long before its expiry, so that none expires under way; a short-lived one at half its life.
 */
export const RENEW_BEFORE_MS = 5 * 60 * 1000;

/** The delay after a failed renewal; until then the old token is used, while it is valid. */
export const RENEW_AGAIN_MS = 30 * 1000;

/** One token for an instance, shared by all its invocations and requested once. */
export interface TokenCache {
  /**
   * A valid token, renewed in time.
   *
   * @throws what the sign-in throws, if there is no valid token left
   */
  current(): Promise<AccessToken>;
  /**
   * A newer token than the refused one.
   *
   * @throws what the sign-in throws
   */
  after(refused: AccessToken): Promise<AccessToken>;
}

export function tokenCache(request: RequestToken, nowMs: () => number): TokenCache {
  let token: AccessToken | undefined;
  let renewAtMs = 0;
  let requesting: Promise<AccessToken> | undefined;

  const renew = (): Promise<AccessToken> => {
    requesting ??= request()
      .then((given) => {
        const fresh = soundAccess(given, nowMs());
        keepSecret(fresh.token);
        token = fresh;
        const lifeMs = fresh.expiresMs - nowMs();
        renewAtMs = fresh.expiresMs - Math.min(RENEW_BEFORE_MS, lifeMs / 2);
        return fresh;
      })
      .finally(() => {
        requesting = undefined;
      });
    return requesting;
  };

  /** A new token, or else the old one while it is valid. */
  const renewed = (): Promise<AccessToken> =>
    renew().catch((error: unknown) => {
      if (token === undefined || nowMs() >= token.expiresMs) throw error;
      renewAtMs = Math.min(nowMs() + RENEW_AGAIN_MS, token.expiresMs);
      return token;
    });

  return {
    current: async () => (token !== undefined && nowMs() < renewAtMs ? token : renewed()),
    async after(refused) {
      // No other invocation should use it either.
      if (token?.token === refused.token) token = undefined;
      return token ?? renew();
    },
  };
}
