import rhea from 'rhea';
import * as v from 'valibot';
import { BrokerError } from '../core/broker-error.ts';
import type { BrokeredMessage, Outcome } from '../core/message.ts';
import type { Namespace } from '../core/namespace.ts';
import { decodeMessage } from './decode-message.ts';
import { encodeMessage, encodeWithoutBody } from './encode-message.ts';
import { MAX_PEEKED_BYTES } from './limits.ts';
import { lockTokenToUuid, uuidToLockToken } from './lock-token.ts';
import { readBody } from './request.ts';
import { encodeRule, readRule } from './rules.ts';

const LONG = 0x81;
const TIMESTAMP = 0x83;

type Body = Readonly<Record<string, unknown>>;

/** @returns the response's body, or nothing for "204 No Content" */
type Operation = (namespace: Namespace, path: string, body: unknown) => Body | undefined;

const bytes = v.instance(Buffer);
const sequenceNumber = v.union([
  v.number(),
  // rhea leaves what a JavaScript number cannot hold as bytes; no message of this broker has such a number.
  v.pipe(
    bytes,
    v.transform((buffer) => Number(buffer.readBigInt64BE())),
  ),
]);
const lockToken = v.pipe(bytes, v.length(16), v.transform(uuidToLockToken));
const properties = v.record(v.string(), v.unknown());

const scheduleRequest = v.object({ messages: v.array(v.object({ message: bytes })) });
const sequenceNumbersRequest = v.object({ 'sequence-numbers': v.array(sequenceNumber) });
const receiveRequest = v.object({
  ...sequenceNumbersRequest.entries,
  'receiver-settle-mode': v.optional(v.number(), 1),
});
const peekRequest = v.object({
  'from-sequence-number': sequenceNumber,
  'message-count': v.number(),
  'omit-message-body': v.nullish(v.boolean()),
});
const locksRequest = v.object({ 'lock-tokens': v.array(lockToken) });
const dispositionRequest = v.object({
  ...locksRequest.entries,
  'disposition-status': v.picklist(['completed', 'abandoned', 'suspended', 'defered']),
  'deadletter-reason': v.nullish(v.string()),
  'deadletter-description': v.nullish(v.string()),
  'properties-to-modify': v.nullish(properties),
});
const ruleNameRequest = v.object({ 'rule-name': v.string() });
const addRuleRequest = v.object({ ...ruleNameRequest.entries, 'rule-description': properties });
const pageRequest = v.object({ skip: v.optional(v.number(), 0), top: v.optional(v.number()) });

/** What can be asked of `<entity>/$management`. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  'com.microsoft:schedule-message': (namespace, path, body) => {
    const { messages } = readBody(scheduleRequest, body);
    const numbers = namespace.send(
      path,
      messages.map(({ message }) => decodeMessage(message)),
    );
    return { 'sequence-numbers': rhea.types.wrap_array(numbers, LONG, undefined) };
  },
  'com.microsoft:cancel-scheduled-message': (namespace, path, body) => {
    namespace.cancelScheduled(path, readBody(sequenceNumbersRequest, body)['sequence-numbers']);
    return {};
  },
  'com.microsoft:peek-message': (namespace, path, body) => {
    const request = readBody(peekRequest, body);
    const messages = namespace.peek(
      path,
      request['from-sequence-number'],
      request['message-count'],
    );
    if (messages.length === 0) return undefined;
    const encode = request['omit-message-body'] ? encodeWithoutBody : encodeMessage;
    const encoded = encodeWithin(MAX_PEEKED_BYTES, messages, encode);
    return { messages: encoded.map((message) => ({ message })) };
  },
  'com.microsoft:receive-by-sequence-number': (namespace, path, body) => {
    const request = readBody(receiveRequest, body);
    return { messages: receiveDeferred(namespace, path, request) };
  },
  'com.microsoft:update-disposition': (namespace, path, body) => {
    const request = readBody(dispositionRequest, body);
    for (const token of request['lock-tokens']) namespace.settle(path, token, outcome(request));
    return {};
  },
  'com.microsoft:renew-lock': (namespace, path, body) => {
    const tokens = readBody(locksRequest, body)['lock-tokens'];
    const expirations = tokens.map((token) => namespace.renewLock(path, token));
    return { expirations: rhea.types.wrap_array(expirations, TIMESTAMP, undefined) };
  },
  'com.microsoft:add-rule': (namespace, path, body) => {
    const request = readBody(addRuleRequest, body);
    namespace.addRule(path, readRule(request['rule-name'], request['rule-description']));
    return {};
  },
  'com.microsoft:remove-rule': (namespace, path, body) => {
    namespace.removeRule(path, readBody(ruleNameRequest, body)['rule-name']);
    return {};
  },
  'com.microsoft:enumerate-rules': (namespace, path, body) => {
    const { skip, top = Infinity } = readBody(pageRequest, body);
    const rules = namespace.rules(path).slice(skip, skip + top);
    if (rules.length === 0) return undefined;
    return { rules: rules.map((rule) => ({ 'rule-description': encodeRule(rule) })) };
  },
};

const READ_OPERATIONS = new Set(['com.microsoft:peek-message', 'com.microsoft:enumerate-rules']);

/** Whether the operation changes nothing. */
export const isRead = (operation: string): boolean => READ_OPERATIONS.has(operation);

/** @throws BrokerError for what the broker does not do, such as sessions, and where the core refuses */
export function manage(
  namespace: Namespace,
  path: string,
  operation: string,
  body: unknown,
): Body | undefined {
  const perform = OPERATIONS[operation];
  if (perform !== undefined) return perform(namespace, path, body);
  throw new BrokerError(
    'amqp:not-implemented',
    `The local broker does not support the operation ${operation}. It supports: ${Object.keys(OPERATIONS).join(', ')}.`,
  );
}

/** The first ones that are no larger together than a reply may be, and one in any case. */
function encodeWithin(
  maxBytes: number,
  messages: readonly BrokeredMessage[],
  encode: (message: BrokeredMessage) => Buffer,
): Buffer[] {
  const encoded: Buffer[] = [];
  let bytes = 0;
  for (const message of messages) {
    const next = encode(message);
    bytes += next.length;
    if (encoded.length > 0 && bytes > maxBytes) break;
    encoded.push(next);
  }
  return encoded;
}

function receiveDeferred(
  namespace: Namespace,
  path: string,
  request: v.InferOutput<typeof receiveRequest>,
): Body[] {
  const numbers = request['sequence-numbers'];
  if (request['receiver-settle-mode'] === 0) {
    return namespace
      .receiveAndDeleteDeferred(path, numbers)
      .map((message) => ({ message: encodeMessage(message) }));
  }
  return namespace.receiveDeferred(path, numbers).map((message) => ({
    'lock-token': rhea.types.wrap_uuid(lockTokenToUuid(message.lockToken)),
    message: encodeMessage(message),
  }));
}

function outcome(request: v.InferOutput<typeof dispositionRequest>): Outcome {
  const reason = request['deadletter-reason'];
  const description = request['deadletter-description'];
  const modified = request['properties-to-modify'] ?? {};
  switch (request['disposition-status']) {
    case 'completed':
      return { kind: 'complete' };
    case 'abandoned':
      return { kind: 'abandon', properties: modified };
    case 'defered':
      return { kind: 'defer', properties: modified };
    case 'suspended':
      return {
        kind: 'dead-letter',
        properties: modified,
        ...(typeof reason === 'string' && { reason }),
        ...(typeof description === 'string' && { description }),
      };
  }
}
