import { redactAndCut } from '../../redaction/redact.ts';
import { retryAfterMs } from '../http/retry-after.ts';

/** How much of its message is kept. */
const MAX_MESSAGE_LENGTH = 300;

/** Whether this is the status of a transient error (408, 429, 5xx), and so says nothing about the credentials. */
export function isTransientStatus(status: unknown): status is number {
  return typeof status === 'number' && (status === 408 || status === 429 || status >= 500);
}

/**
 * Transient errors of the login service that have another status. Source:
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes, which says that the numbers may change;
 * 90025 is not in it, but was seen. MSAL writes the numbers of `error_codes` as `Error(s): 90033,50000`. The words are
 * those of OAuth 2.0 (RFC 6749, 4.1.2.1).
 */
const PASSING =
  /(?:AADSTS|\bError\(s\): (?:\d+,)*)(?:50196|90006|90012|9002[45]|90033|90055|9009[01])(?!\d)|\b(?:temporarily_unavailable|server_error)\b/i;

/** Whether a failed sign-in says, by code or word, that the error is transient. */
export function isTransientError(message: string): boolean {
  return PASSING.test(message);
}

/** An error of a type that MSAL passes on unchanged; from another type it keeps neither the status nor the wait. */
export async function loginError(status: number, headers: Headers, text: string): Promise<Error> {
  const { ServerError } = await import('@azure/msal-node');
  const message = `The login endpoint answered ${status}: ${redactAndCut(text, MAX_MESSAGE_LENGTH)}`;
  const error = new ServerError('server_error', '', message, undefined, undefined, status);
  const wait = retryAfterMs(headers.get('retry-after'), Date.now());
  return Object.assign(error, wait !== undefined && { retryAfterMs: wait });
}

/**
 * The error for a request without a usable answer, of a type that MSAL passes on; it drops the message of any other
 * type.
 */
export async function withoutAnswer(error: unknown): Promise<Error> {
  const { AuthError } = await import('@azure/msal-node');
  const { message, cause } = error instanceof Error ? error : new Error(String(error));
  const why = cause instanceof Error ? `${message}: ${cause.message}` : message;
  const networkError = new AuthError('network_error', '', redactAndCut(why, MAX_MESSAGE_LENGTH));
  return Object.assign(networkError, { cause: error });
}
