import { errorMessage } from '../shared/error-message.ts';
import type { Operation, PartnerCenterError } from '../teardown/model/partner-center-error.ts';
import { apiError } from './api-error.ts';
import { isFault, readFault } from './http/fault.ts';
import { lowercaseKeys } from './http/lowercase-keys.ts';
import type { Reply } from './http/transport.ts';

const OK = 200;

/**
 * The error for an answer that is successful only by its status. It may be truncated, or a proxy's page, so it says as
 * little as a broken connection, and the request is repeated.
 */
export function unreadable(
  operation: Operation,
  { status, body }: Pick<Reply, 'status' | 'body'>,
  why: string,
): PartnerCenterError {
  return apiError(operation, status, why, { body, unreadable: true });
}

/**
 * A body as JSON.
 *
 * @throws PartnerCenterError for a body that is not JSON, or an error, and for a status other than 200; it keeps the
 * beginning of the body
 */
export function parseJson(operation: Operation, reply: Reply): unknown {
  const json = jsonIn(operation, reply);
  if (isFault(json)) {
    const why = `The status is ${reply.status}, but the body is an error: ${readFault(reply.body).description}`;
    throw unreadable(operation, reply, why);
  }
  // A part of the resource (206), or a proxy's version of it (203), is not complete.
  if (reply.status === OK) return json;
  const why = `The status is ${reply.status}, not the ${OK} of a complete answer.`;
  throw unreadable(operation, reply, why);
}

function jsonIn(operation: Operation, reply: Reply): unknown {
  try {
    return JSON.parse(reply.body);
  } catch {
    const why =
      reply.body.trim() === ''
        ? 'The answer has no body.'
        : 'The answer is not JSON, whatever its content type says.';
    throw unreadable(operation, reply, why);
  }
}

/**
 * The value with its names in lower case.
 *
 * @throws PartnerCenterError for an answer that is nested too deeply or has too many values
 */
export function lowercaseOrThrow(operation: Operation, json: unknown): unknown {
  try {
    return lowercaseKeys(json);
  } catch (error) {
    throw apiError(operation, 200, errorMessage(error));
  }
}

/**
 * A resource as an object.
 *
 * @throws PartnerCenterError for anything else, and for an object without fields: it says as little as a truncated answer
 */
export function anObject(
  operation: Operation,
  json: unknown,
  reply: Pick<Reply, 'status' | 'body'> = { status: 200, body: '' },
): object {
  if (typeof json === 'object' && json !== null && Object.keys(json).length > 0) return json;
  throw unreadable(operation, reply, 'The answer has nothing where a resource should be.');
}
