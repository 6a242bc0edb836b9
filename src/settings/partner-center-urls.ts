import { type CloudName, clouds } from '../partner-center/clouds.ts';
import { isLoopback } from '../partner-center/http/loopback.ts';
import { maskAddress } from './mask-value.ts';

/** Why these two addresses do not go together: a token of the real login would go to this machine, or the reverse. */
export function objectionToBoth(apiUrl: string, loginUrl: string): string | undefined {
  const [api, login] = [apiUrl, loginUrl].map((url) => isLoopback(new URL(url)));
  if (api === login) return undefined;
  return `PARTNER_CENTER_API_URL and PARTNER_CENTER_LOGIN_URL must both be on this machine, or neither, but are ${maskAddress(apiUrl)} and ${maskAddress(loginUrl)}.`;
}

/**
 * What Partner Center allows a tenant. Source:
 * https://learn.microsoft.com/partner-center/developer/api-throttling-guidance
 */
const MAX_REQUESTS_PER_MINUTE = 500;

/** Why this rate is too high: the service would answer 429. A sandbox on this machine has its own throttle. */
export function objectionToRate(requestsPerMinute: number, apiUrl: string): string | undefined {
  if (requestsPerMinute <= MAX_REQUESTS_PER_MINUTE || isLoopback(new URL(apiUrl))) return undefined;
  return `PARTNER_CENTER_REQUESTS_PER_MINUTE must be at most ${MAX_REQUESTS_PER_MINUTE}, which is what Partner Center allows a tenant, but is "${requestsPerMinute}".`;
}

/**
 * The address that replaces the cloud's own, or a message about what is wrong with it. Only another known address of
 * the same cloud, or this machine (the embedded stack), is accepted, because credentials are sent there.
 */
export function addressOr(
  name: string,
  value: string | undefined,
  cloud: CloudName,
  kind: 'apiUrl' | 'loginUrl',
): { readonly url: string } | string {
  const known = [clouds[cloud][kind], ...(kind === 'loginUrl' ? clouds[cloud].otherLoginUrls : [])];
  if (value === undefined) return { url: clouds[cloud][kind] };
  const url = URL.parse(value);
  const bare = url === null ? '' : `${url.protocol}//${url.host}`;
  // Sign-in libraries refuse a login address without TLS, even on this machine.
  const schemes = kind === 'loginUrl' ? ['https:'] : ['https:', 'http:'];
  const local = url !== null && isLoopback(url) && schemes.includes(url.protocol);
  const plain = url !== null && url.username === '' && url.search === '' && url.pathname === '/';
  if (plain && (local || known.includes(bare))) return { url: bare };
  return `${name} must be ${known.join(' or ')} for the cloud "${cloud}" (or ${kind === 'loginUrl' ? 'an https' : 'an'} address on this machine), but is ${maskAddress(value)}.`;
}
