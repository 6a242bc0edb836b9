import { keepSecret } from '../teardown/known-secrets.ts';
import type { AccessToken, RequestToken } from './token.ts';

/** A token is renewed this long before its end, so that none ends on the way; a short-lived one at half its life. */
export const RENEW_BEFORE_MS = 5 * 60 * 1000;

/** One token for an instance, shared by all its invocations: one request for one token. */
export interface TokenCache {
  current(): Promise<AccessToken>;
  /** A newer token than the one that was refused. */
  after(refused: AccessToken): Promise<AccessToken>;
}

export function tokenCache(request: RequestToken, nowMs: () => number): TokenCache {
  let token: AccessToken | undefined;
  let renewAtMs = 0;
  let requesting: Promise<AccessToken> | undefined;

  const renew = (): Promise<AccessToken> => {
    requesting ??= request()
      .then((fresh) => {
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

  return {
    current: async () => (token !== undefined && nowMs() < renewAtMs ? token : renew()),
    after: async (refused) =>
      token !== undefined && token.token !== refused.token ? token : renew(),
  };
}
