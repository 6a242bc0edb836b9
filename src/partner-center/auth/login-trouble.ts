import { redactAndCut } from '../../redaction/redact.ts';
import { retryAfterMs } from '../http/retry-after.ts';

/** How much of what it said is kept. */
const SAID_LENGTH = 300;

/** Is this the status of an answer that will pass (408, 429, 5xx)? Then nothing is wrong with the credentials. */
export function isTrouble(status: unknown): status is number {
  return typeof status === 'number' && (status === 408 || status === 429 || status >= 500);
}

/**
 * Trouble inside the login service, where no status tells it. Source:
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes, which says that the numbers are no
 * contract; 90025 is not in it, but seen. The words are those of OAuth 2.0 (RFC 6749, 4.1.2.1).
 */
const PASSING =
  /AADSTS(?:50196|90006|90012|9002[45]|90033|90055|9009[01])(?!\d)|\b(?:temporarily_unavailable|server_error)\b/;

/** Does a failed sign-in say, by code or word, that it will pass? */
export function isPassing(said: string): boolean {
  return PASSING.test(said);
}

/** An error as MSAL hands it on unchanged; of another kind it would keep neither the status nor the wait. */
export async function loginTrouble(status: number, headers: Headers, text: string): Promise<Error> {
  const { ServerError } = await import('@azure/msal-node');
  const said = `The login endpoint answered ${status}: ${redactAndCut(text, SAID_LENGTH)}`;
  const error = new ServerError('server_error', '', said, undefined, undefined, status);
  const wait = retryAfterMs(headers.get('retry-after'), Date.now());
  return Object.assign(error, wait !== undefined && { retryAfterMs: wait });
}

/** What became of a request that got no answer of use, in a kind that MSAL hands on; of others it keeps no word. */
export async function withoutAnswer(error: unknown): Promise<Error> {
  const { AuthError } = await import('@azure/msal-node');
  const { message, cause } = error instanceof Error ? error : new Error(String(error));
  const why = cause instanceof Error ? `${message}: ${cause.message}` : message;
  const said = redactAndCut(why, SAID_LENGTH);
  return Object.assign(new AuthError('network_error', '', said), { cause: error });
}
