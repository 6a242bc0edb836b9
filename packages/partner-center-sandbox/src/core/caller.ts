import { type Reply, refuse } from './answer.ts';
import type { SandboxSettings } from './settings.ts';

/** Who calls, as a verified access token says. */
export interface Caller {
  /** `tid`: the partner's tenant. */
  readonly tenantId: string;
  /** Whether the token stands for the application alone, without a user. */
  readonly appOnly: boolean;
  /** `aud`. Default: the API's own. */
  readonly audience?: string;
  /** `exp`, in epoch milliseconds. Default: never. */
  readonly expiresAtMs?: number;
  /** Whether the user signed in with more than one factor. */
  readonly mfa?: boolean;
}

/** The API as a resource (articles partner-center-authentication and partner-center-rest-urls). */
export const API_AUDIENCE = 'https://api.partnercenter.microsoft.com';

/** Of Partner Center operated by 21Vianet (article deprecate-azure-active-directory-graph-token). */
export const CHINA_AUDIENCE = 'https://partner.partnercenterapi.microsoftonline.cn';

export const audienceIn = (cloud: SandboxSettings['cloud']): string =>
  cloud === 'china' ? CHINA_AUDIENCE : API_AUDIENCE;

/** Retired: answers 401/900420 (article deprecate-azure-active-directory-graph-token). */
export const RETIRED_AUDIENCE = 'https://graph.windows.net';

/** Checks the token against the tenant and the audience that the account expects; a refusal if it is none, or of another tenant or audience, or expired. */
export function authenticate(
  caller: Caller | undefined,
  tenantId: string,
  nowMs: number,
  expected: string = API_AUDIENCE,
): Reply | undefined {
  const realm = { 'WWW-Authenticate': `OAuth realm=urn:cpsvc:cpid:{${tenantId}}` };
  const denied = (code: string, text: string) => ({ ...refuse(401, code, text), headers: realm });
  if (caller === undefined) return denied('400', 'Access denied: there is no valid token.');
  if (caller.expiresAtMs !== undefined && caller.expiresAtMs <= nowMs) {
    return denied('400', 'Access denied: the token has expired.');
  }
  const audience = caller.audience?.replace(/\/$/, '') ?? expected;
  if (audience === RETIRED_AUDIENCE) {
    return denied(
      '900420',
      'The audience in the token is invalid and is no longer supported in Partner Center API.',
    );
  }
  if (audience !== expected) return denied('400', 'Access denied: wrong audience.');
  // Which code a foreign tenant gets is UNCONFIRMED.
  if (caller.tenantId !== tenantId) {
    return denied('800001', 'Partner token is missing in the request context.');
  }
  return undefined;
}
