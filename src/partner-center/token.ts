/** An access token and when it ends, in milliseconds since the epoch. */
export interface AccessToken {
  readonly token: string;
  readonly expiresMs: number;
}

/** Asks the login endpoint for a new token, with nothing remembered from before. */
export type RequestToken = () => Promise<AccessToken>;

/** What a token says, unverified: that is for the service it is meant for. Nothing, if it is no JWT. */
export function claimsOf({ token }: Pick<AccessToken, 'token'>): Readonly<Record<string, unknown>> {
  const [, payload] = token.split('.');
  if (payload === undefined) return {};
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return typeof claims === 'object' && claims !== null ? { ...claims } : {};
  } catch {
    return {};
  }
}

/** Which API a token is for, and whose it is; nothing where it does not say. */
export function tokenInWords(token: AccessToken): string {
  const { aud, iss } = claimsOf(token);
  if (typeof aud !== 'string' || typeof iss !== 'string') return '';
  return `The token is for ${aud}, issued by ${iss}.`;
}

/** The `tid` claim: the tenant the token was issued for. */
export function tenantOf(token: AccessToken): string | undefined {
  const { tid } = claimsOf(token);
  return typeof tid === 'string' ? tid : undefined;
}
