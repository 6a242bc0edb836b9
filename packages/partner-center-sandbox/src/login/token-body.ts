import type { TokenMaker } from './tokens.ts';

/** Numbers are texts at the v1 endpoint (article partner-center-authentication). */
export function tokenBody(
  token: string,
  audience: string,
  { nowMs, lifetimeSeconds }: TokenMaker,
  user: object,
  versionOne: boolean,
) {
  if (!versionOne) {
    return {
      token_type: 'Bearer',
      expires_in: lifetimeSeconds,
      ext_expires_in: lifetimeSeconds,
      access_token: token,
      ...user,
    };
  }
  const now = Math.floor(nowMs / 1_000);
  return {
    token_type: 'Bearer',
    expires_in: String(lifetimeSeconds),
    ext_expires_in: String(lifetimeSeconds),
    expires_on: String(now + lifetimeSeconds),
    not_before: String(now),
    resource: audience,
    access_token: token,
    ...user,
  };
}
