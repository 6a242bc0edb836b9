import { redact } from '../../redaction/redact.ts';
import { defined } from '../../shared/defined.ts';
import { errorMessage } from '../../shared/error-message.ts';
import { PartnerCenterError } from '../../teardown/model/partner-center-error.ts';
import { isTransientError, isTransientStatus } from './login-errors.ts';
import { UnusableCredential } from './unusable-credential.ts';

/** Errors of the login endpoint about the credentials themselves (AADSTS codes and OAuth errors). */
const CREDENTIALS_REFUSED =
  /AADSTS\d|invalid_client|unauthorized_client|invalid_grant|invalid_request|invalid_resource|invalid_scope|interaction_required|access_denied/i;

/** The length of a chain of causes: libraries wrap each other's errors. */
const MAX_CAUSES = 5;

/**
 * Converts a failed sign-in to an error: with the status of the login service for its own transient errors, 401 where
 * the credentials were refused, and 0 where nothing answered.
 */
export function signInError(error: unknown): PartnerCenterError {
  const message = redact(errorMessage(error));
  const causes = causesOf(error);
  const transientStatus = causes.map(statusOf).find(isTransientStatus);
  const refused =
    error instanceof UnusableCredential ||
    (CREDENTIALS_REFUSED.test(message) && !isTransientError(message));
  const retryAfterMs = causes.map(waitOf).find((wait) => wait !== undefined);
  return new PartnerCenterError({
    operation: 'sign-in',
    status: transientStatus ?? (refused ? 401 : 0),
    description: firstLine(message),
    body: message.slice(0, 1_000),
    ...defined({ retryAfterMs }),
  });
}

function causesOf(error: unknown): readonly unknown[] {
  const causes = [error];
  for (let cause = error; cause instanceof Error && causes.length < MAX_CAUSES; ) {
    cause = cause.cause;
    causes.push(cause);
  }
  return causes;
}

/** `@azure/identity` and Key Vault call it `statusCode`, MSAL `status`. */
function statusOf(error: unknown): unknown {
  if (!(error instanceof Error)) return undefined;
  if ('statusCode' in error) return error.statusCode;
  return 'status' in error ? error.status : undefined;
}

function waitOf(error: unknown): number | undefined {
  const wait = error instanceof Error && 'retryAfterMs' in error ? error.retryAfterMs : undefined;
  return typeof wait === 'number' ? wait : undefined;
}

function firstLine(text: string): string {
  return String(text.split('\n')[0]).slice(0, 400);
}
