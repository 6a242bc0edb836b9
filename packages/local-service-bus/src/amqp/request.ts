import rhea from 'rhea';
import * as v from 'valibot';
import { BrokerError, type ErrorCondition } from '../core/broker-error.ts';
import { decodeBoth } from './decode-message.ts';
import { amqpError } from './outcomes.ts';

/** A request to `$cbs` or `<entity>/$management`. */
export interface Request {
  readonly messageId: unknown;
  readonly replyTo: unknown;
  readonly operation: string;
  readonly body: unknown;
}

export interface Response {
  readonly statusCode: number;
  readonly description: string;
  readonly condition?: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const STATUS_BY_CONDITION: Readonly<Record<ErrorCondition, number>> = {
  'amqp:decode-error': 400,
  'amqp:internal-error': 500,
  'amqp:link:message-size-exceeded': 403,
  'amqp:not-allowed': 400,
  'amqp:not-found': 404,
  'amqp:not-implemented': 501,
  'amqp:resource-limit-exceeded': 403,
  'com.microsoft:argument-error': 400,
  'com.microsoft:entity-already-exists': 409,
  'com.microsoft:message-lock-lost': 410,
  'com.microsoft:message-not-found': 404,
};

export function readRequest(bytes: Buffer): Request {
  const [, message] = decodeBoth(bytes);
  return {
    messageId: message.message_id,
    replyTo: message.reply_to,
    operation: String(message.application_properties?.['operation']),
    body: message.body,
  };
}

/** @param work what answers the request; a BrokerError it throws becomes a response, too */
export function respond(work: () => Readonly<Record<string, unknown>> | undefined): Response {
  try {
    const body = work();
    if (body === undefined) return { statusCode: 204, description: 'No Content', body: {} };
    return { statusCode: 200, description: 'OK', body };
  } catch (error) {
    const { condition, description } = amqpError(error);
    const statusCode = error instanceof BrokerError ? STATUS_BY_CONDITION[error.condition] : 500;
    return { statusCode, description, condition, body: {} };
  }
}

/** @param correlationId the request's message id */
export function encodeResponse(response: Response, correlationId: unknown): Buffer {
  return rhea.message.encode({
    correlation_id: correlationId as string,
    application_properties: responseProperties(response),
    body: response.body,
  });
}

/** `$cbs` and `$management` spell the status differently, and clients are not strict about which: give both. */
function responseProperties(response: Response): Record<string, unknown> {
  const status = rhea.types.wrap_int(response.statusCode);
  return {
    statusCode: status,
    'status-code': status,
    statusDescription: response.description,
    'status-description': response.description,
    ...(response.condition !== undefined && {
      errorCondition: rhea.types.wrap_symbol(response.condition),
    }),
  };
}

/** @throws BrokerError when the body is not as the operation wants it */
export function readBody<Schema extends v.GenericSchema>(
  schema: Schema,
  body: unknown,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, body);
  if (result.success) return result.output;
  throw new BrokerError(
    'com.microsoft:argument-error',
    `The management request's body is not as expected. ${v.summarize(result.issues)}`,
  );
}
