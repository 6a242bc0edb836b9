/** An access token and its expiry, in milliseconds since the epoch. */
export interface AccessToken {
  readonly token: string;
  readonly expiresMs: number;
}

/**
 * Requests a new token from the login endpoint, without any cache.
 *
 * @throws Error where none is given
 */
export type RequestToken = () => Promise<AccessToken>;

/** Tokens of Microsoft Entra have a few thousand characters; a longer one than this fits in no request. */
export const MAX_TOKEN_LENGTH = 16 * 1024;

/** RFC 6749, appendix A.12. */
const TOKEN = /^[\x20-\x7e]+$/;

/**
 * No token of Microsoft Entra is valid for longer than 28 hours. Source:
 * https://learn.microsoft.com/entra/identity/conditional-access/concept-continuous-access-evaluation
 */
const MAX_LIFE_MS = 28 * 60 * 60 * 1000;

/**
 * The token itself, checked.
 *
 * @throws Error for anything that is not a token
 */
export function soundToken<T extends string>(token: T): T {
  const text: unknown = token;
  if (typeof text !== 'string' || text.length > MAX_TOKEN_LENGTH || !TOKEN.test(text)) {
    throw new Error(
      `This is not a token, which must be 1 to ${MAX_TOKEN_LENGTH} characters of ASCII.`,
    );
  }
  return token;
}

/**
 * An access token as it comes from a library, checked.
 *
 * @throws Error for anything that is not a token, or has no expiry
 */
export function soundAccess({ token, expiresMs }: AccessToken, nowMs: number): AccessToken {
  if (!Number.isFinite(expiresMs)) {
    throw new Error('The login endpoint gave an access token without its expiry.');
  }
  return { token: soundToken(token), expiresMs: Math.min(expiresMs, nowMs + MAX_LIFE_MS) };
}

/** The claims of a token, unverified: verifying them is up to the service. Empty if the token is not a JWT. */
export function claimsOf({ token }: Pick<AccessToken, 'token'>): Readonly<Record<string, unknown>> {
  const [, payload] = token.split('.');
  if (payload === undefined) return {};
  try {
    return Object(JSON.parse(Buffer.from(payload, 'base64url').toString()));
  } catch {
    return {};
  }
}

/** A message with the token's audience and issuer; empty where it does not name them. */
export function describeToken(token: AccessToken): string {
  const { aud, iss } = claimsOf(token);
  if (typeof aud !== 'string' || typeof iss !== 'string') return '';
  return `The token is for ${aud}, issued by ${iss}.`;
}

/** The `tid` claim: the tenant that the token was issued for. */
export function tenantOf(token: AccessToken): string | undefined {
  const { tid } = claimsOf(token);
  return typeof tid === 'string' ? tid : undefined;
}
