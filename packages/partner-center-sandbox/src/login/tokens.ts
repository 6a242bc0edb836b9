import type { Caller } from '../core/caller.ts';
import { type Claims, signToken, verifyToken } from './jwt.ts';

/** The tokens that the simulated login endpoint gives out and the simulated API takes. */

/** Article enable-secure-app-model: 3600 seconds. */
export const ACCESS_TOKEN_SECONDS = 3_600;
/** Not configurable, says the identity platform's page on refresh tokens. */
const REFRESH_TOKEN_SECONDS = 90 * 24 * 3_600;

/** The user behind an App+User token. */
export interface User {
  readonly mfa: boolean;
}

export interface TokenMaker {
  readonly tenantId: string;
  readonly clientId: string;
  readonly issuer: string;
  /** What the tokens are signed with. */
  readonly key: string;
  readonly nowMs: number;
  readonly lifetimeSeconds: number;
  /** Makes a token different from every other. */
  readonly createId: () => string;
}

const seconds = (ms: number) => Math.floor(ms / 1_000);

export function createAccessToken(
  maker: TokenMaker,
  audience: string,
  user: User | undefined,
): string {
  const now = seconds(maker.nowMs);
  const whose =
    user === undefined
      ? { idtyp: 'app', roles: [] }
      : {
          scp: 'user_impersonation',
          upn: 'operator@simulated.invalid',
          amr: user.mfa ? ['pwd', 'mfa'] : ['pwd'],
        };
  return signToken(
    {
      typ: 'access',
      aud: audience,
      iss: maker.issuer,
      tid: maker.tenantId,
      appid: maker.clientId,
      azp: maker.clientId,
      ver: '1.0',
      iat: now,
      nbf: now,
      exp: now + maker.lifetimeSeconds,
      uti: maker.createId(),
      ...whose,
    },
    maker.key,
  );
}

export function createRefreshToken(maker: TokenMaker, user: User): string {
  return signToken(
    {
      typ: 'refresh',
      tid: maker.tenantId,
      appid: maker.clientId,
      mfa: user.mfa,
      exp: seconds(maker.nowMs) + REFRESH_TOKEN_SECONDS,
      jti: maker.createId(),
    },
    maker.key,
  );
}

/** The claims of a token of that type that was signed here, expired or not. */
export function readToken(token: string, type: string, key: string): Claims | undefined {
  const claims = verifyToken(token, key);
  return claims?.['typ'] === type ? claims : undefined;
}

export const isExpired = (claims: Claims, nowMs: number) => Number(claims['exp']) * 1_000 <= nowMs;

/** Who calls, by the `Authorization` header; `undefined` if there is no token that was signed here. */
export function callerOf(authorization: string | undefined, key: string): Caller | undefined {
  const token = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1];
  const claims = token === undefined ? undefined : readToken(token, 'access', key);
  if (claims === undefined) return undefined;
  const methods = claims['amr'];
  return {
    tenantId: String(claims['tid']),
    appOnly: claims['idtyp'] === 'app',
    audience: String(claims['aud']),
    expiresAtMs: Number(claims['exp']) * 1_000,
    mfa: Array.isArray(methods) && methods.includes('mfa'),
  };
}
