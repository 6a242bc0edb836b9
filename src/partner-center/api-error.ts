import { redactAll, redactAndCut } from '../redaction/redact.ts';
import { defined } from '../shared/defined.ts';
import { type Operation, PartnerCenterError } from '../teardown/model/partner-center-error.ts';
import { readFault } from './http/fault.ts';
import { describeRedirect } from './http/redirect.ts';
import { retryAfterMs } from './http/retry-after.ts';
import type { Reply } from './http/transport.ts';

/** How much of an answer's body is kept. */
const MAX_BODY_LENGTH = 2_000;

const MAX_DESCRIPTION_LENGTH = 1_024;

/** Codes and request ids are short. */
const MAX_NAME_LENGTH = 100;

/**
 * The error for an answer that is not a success.
 *
 * @param more what else is known, in words
 */
export function errorOfReply(
  operation: Operation,
  reply: Reply,
  nowMs: number,
  more: string,
): PartnerCenterError {
  const { code, description } = readFault(reply.body);
  const message = describeRedirect(reply) ?? description;
  const known = defined({
    body: reply.body,
    code,
    retryAfterMs: retryAfterMs(reply.headers.get('retry-after'), nowMs),
    requestId: reply.headers.get('ms-requestid') ?? undefined,
  });
  return apiError(operation, reply.status, `${message} ${more}`.trim(), known);
}

/** An error without anything that looks like a secret; `more` adds what else is known. */
export function apiError(
  operation: Operation,
  status: number,
  description: string,
  more: Partial<PartnerCenterError['response']> = {},
): PartnerCenterError {
  return new PartnerCenterError({
    operation,
    status,
    ...redactAll(more),
    ...defined({ code: name(more.code), requestId: name(more.requestId) }),
    description: redactAndCut(description, MAX_DESCRIPTION_LENGTH),
    body: redactAndCut(more.body ?? '', MAX_BODY_LENGTH),
  });
}

function name(text: string | undefined): string | undefined {
  return text === undefined ? undefined : redactAndCut(text, MAX_NAME_LENGTH);
}

/** Why no answer came: fetch hides it in the cause of its own error. */
export function noAnswerMessage(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
}
