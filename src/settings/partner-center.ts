import * as v from 'valibot';
import type { SignIn } from '../partner-center/auth/sign-in-kinds.ts';
import { type CloudName, cloudNames, clouds } from '../partner-center/clouds.ts';
import { addressOr, objectionToBoth, objectionToRate } from './partner-center-urls.ts';
import { readSignIn, signInEntries } from './sign-in.ts';
import { duration, guid, number, oneOf } from './validators.ts';

/** The settings for reaching Partner Center and signing in to it. */
export const partnerCenterEntries = {
  SANDBOX_TENANT_ID: guid('SANDBOX_TENANT_ID', 'the tenant id of your integration sandbox, a GUID'),
  PARTNER_CENTER_CLOUD: v.optional(oneOf('PARTNER_CENTER_CLOUD', cloudNames), 'global'),
  PARTNER_CENTER_API_URL: v.optional(v.string()),
  PARTNER_CENTER_LOGIN_URL: v.optional(v.string()),
  PARTNER_CENTER_CLIENT_ID: guid('PARTNER_CENTER_CLIENT_ID', "the application's id, a GUID"),
  ...signInEntries,
  PARTNER_CENTER_TIMEOUT: v.optional(duration('PARTNER_CENTER_TIMEOUT', 'PT1S', 'PT15S'), 'PT8S'),
  PARTNER_CENTER_REQUESTS_PER_MINUTE: v.optional(
    number('PARTNER_CENTER_REQUESTS_PER_MINUTE', { min: 10, max: 10_000 }, true),
    '500',
  ),
};

const entriesSchema = v.object(partnerCenterEntries);

export interface PartnerCenterSettings {
  readonly cloud: CloudName;
  readonly apiUrl: string;
  readonly loginUrl: string;
  readonly scope: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly signIn: SignIn;
  readonly timeoutMs: number;
  readonly requestsPerMinute: number;
}

/** Builds the settings from their values, or returns a message for each invalid combination. */
export function partnerCenterFrom(
  values: v.InferOutput<typeof entriesSchema>,
): PartnerCenterSettings | readonly string[] {
  const cloud = values.PARTNER_CENTER_CLOUD;
  const { PARTNER_CENTER_API_URL: apiUrl, PARTNER_CENTER_LOGIN_URL: loginUrl } = values;
  const api = addressOr('PARTNER_CENTER_API_URL', apiUrl, cloud, 'apiUrl');
  const login = addressOr('PARTNER_CENTER_LOGIN_URL', loginUrl, cloud, 'loginUrl');
  const signIn = readSignIn(values, cloud);
  if (typeof api === 'string' || typeof login === 'string' || typeof signIn === 'string') {
    return [api, login, signIn].filter((message) => typeof message === 'string');
  }
  const requestsPerMinute = values.PARTNER_CENTER_REQUESTS_PER_MINUTE;
  const objection =
    objectionToBoth(api.url, login.url) ?? objectionToRate(requestsPerMinute, api.url);
  if (objection !== undefined) return [objection];
  return {
    cloud,
    apiUrl: api.url,
    loginUrl: login.url,
    scope: `${clouds[cloud].resource}/.default`,
    tenantId: values.SANDBOX_TENANT_ID,
    clientId: values.PARTNER_CENTER_CLIENT_ID,
    signIn,
    timeoutMs: values.PARTNER_CENTER_TIMEOUT,
    requestsPerMinute,
  };
}
