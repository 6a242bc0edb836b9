import { API_AUDIENCE, CHINA_AUDIENCE, RETIRED_AUDIENCE } from '../core/caller.ts';
import { type LoginAnswer, refuseLogin } from './login-answer.ts';

/** Scopes that say nothing of the resource. */
const OPENID_SCOPES = new Set(['openid', 'profile', 'offline_access', 'email']);
const KNOWN = [API_AUDIENCE, CHINA_AUDIENCE, RETIRED_AUDIENCE];

/**
 * The resource that a token is asked for: `resource` at the v1 endpoint, `{resource}/.default` or
 * `{resource}/user_impersonation` as the scope at v2.0. A token for the retired audience, or for another cloud's API, is
 * still given out; it is the API that refuses it.
 *
 * @param own the audience that this cloud's API expects.
 */
export function audienceOf(
  form: URLSearchParams,
  own: string,
  ofUser: boolean,
): string | LoginAnswer {
  const scopes = (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
  const scope = scopes.find((one) => !OPENID_SCOPES.has(one));
  const asked = form.get('resource') ?? scope?.replace(/\/(\.default|user_impersonation)$/, '');
  // A user's sign-in with no more than `openid` is for the API: nothing else is consented to.
  if (asked === undefined && ofUser) return own;
  if (asked === undefined) {
    return refuseLogin(
      400,
      'invalid_request',
      900144,
      "The request body must contain the parameter 'scope' or 'resource'.",
    );
  }
  const audience = asked.replace(/\/+$/, '');
  if (KNOWN.includes(audience)) return audience;
  return refuseLogin(
    400,
    'invalid_resource',
    500011,
    `The resource principal named ${audience} was not found in the tenant.`,
  );
}
