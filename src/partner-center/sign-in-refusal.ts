import { redact } from '../teardown/redact.ts';
import { PartnerCenterRefusal } from '../teardown/refusal.ts';
import { UnusableCredential } from './sign-in/unusable-credential.ts';

/** What the login endpoint says when the credentials themselves are wrong (AADSTS codes and OAuth errors). */
const CREDENTIALS_REFUSED =
  /AADSTS\d+|invalid_client|unauthorized_client|invalid_grant|invalid_request|invalid_resource|invalid_scope|interaction_required|access_denied/;

/** Codes of passing trouble inside the login service. */
const PASSING = /AADSTS(?:90033|90055|70045|50196|90010)\b|temporarily_unavailable/;

/**
 * A failed sign-in as a refusal: 401 when the credentials were refused, the status of the login service
 * when it told one, 0 when nothing answered.
 */
export function signInRefusal(error: unknown): PartnerCenterRefusal {
  const message = redact(error instanceof Error ? error.message : String(error));
  const refused =
    error instanceof UnusableCredential ||
    (CREDENTIALS_REFUSED.test(message) && !PASSING.test(message));
  return new PartnerCenterRefusal({
    operation: 'sign-in',
    status: refused ? 401 : passingStatusOf(error),
    description: firstLine(message),
    body: message.slice(0, 1_000),
  });
}

function passingStatusOf(error: unknown): number {
  const status =
    typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : 0;
  return typeof status === 'number' && (status === 429 || status >= 500) ? status : 0;
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').slice(0, 400);
}
