import { createHash, timingSafeEqual } from 'node:crypto';
import type { ShellAnswer, ShellRequest } from './http-shell.ts';

const THIS_MACHINE = ['127.0.0.1', 'localhost'];

/**
 * Why a request to the control surface is none of ours. Any page that a browser on this machine shows can send requests to
 * it, by another name for this machine (Host) or by this one (Origin); and any other program can, without the token.
 */
export function objectionToAccess(
  { headers }: Pick<ShellRequest, 'headers'>,
  token: string,
): ShellAnswer | undefined {
  const { host = '', origin, authorization = '' } = headers;
  if (!THIS_MACHINE.includes(hostnameOf(host))) {
    return refusal(403, 'The Host must be 127.0.0.1 or localhost.');
  }
  if (origin !== undefined) return refusal(403, 'Web pages have no access: leave out the Origin.');
  return isSame(authorization, `Bearer ${token}`)
    ? undefined
    : refusal(
        401,
        'Send "Authorization: Bearer <token>", with the controlToken that the start printed.',
      );
}

const hostnameOf = (host: string): string =>
  URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : '';

const refusal = (status: number, error: string): ShellAnswer => ({ status, body: { error } });

/** In a time that does not show how much of it is right. */
function isSame(given: string, wanted: string): boolean {
  const [one, other] = [given, wanted].map((text) => createHash('sha256').update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}
