/** An access token and when it ends, in milliseconds since the epoch. */
export interface AccessToken {
  readonly token: string;
  readonly expiresMs: number;
}

/** Asks the login endpoint for a new token, with nothing remembered from before. */
export type RequestToken = () => Promise<AccessToken>;

/** The `tid` claim: the tenant the token was issued for. The service, not we, verifies the token. */
export function tenantOf({ token }: AccessToken): string | undefined {
  const [, payload] = token.split('.');
  if (payload === undefined) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    if (typeof claims !== 'object' || claims === null || !('tid' in claims)) return undefined;
    return typeof claims.tid === 'string' ? claims.tid : undefined;
  } catch {
    return undefined;
  }
}
