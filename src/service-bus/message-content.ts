import { parseStrictJson } from '../shared/strict-json.ts';
import type { IncomingMessage } from '../teardown/model/incoming-message.ts';
import type { MessageBody } from './received-message.ts';

type Content = Pick<IncomingMessage, 'body' | 'bodyProblem'>;

const SEND = 'send UTF-8 JSON in a data section.';

/** The byte order marks of UTF-16. */
const UTF_16 = { fffe: 'utf-16le', feff: 'utf-16be' } as const;
const BYTE_ORDER_MARK = '\ufeff';

/** The beginning of a text of older .NET clients: binary XML of the DataContract serializer. */
const DATA_CONTRACT = Buffer.from('@\u0006string');

/**
 * The content of a message: JSON without duplicate names, with or without a UTF-8 byte order mark; or else plain text.
 */
export function messageContent(body: MessageBody): Content {
  switch (body.kind) {
    case 'bytes':
      return ofBytes(Buffer.from(body.bytes));
    case 'text':
      return ofText(body.text);
    default:
      return { body: '', bodyProblem: `The message body is an AMQP ${body.kind}; ${SEND}` };
  }
}

function ofBytes(bytes: Buffer): Content {
  const mark = bytes.toString('hex', 0, 2);
  if (mark === 'fffe' || mark === 'feff') {
    const text = new TextDecoder(UTF_16[mark]).decode(bytes);
    return { body: text, bodyProblem: `The message body is UTF-16; ${SEND}` };
  }
  const text = bytes.toString('utf8');
  if (bytes.subarray(0, DATA_CONTRACT.length).equals(DATA_CONTRACT)) {
    return { body: text, bodyProblem: `The message body is a .NET DataContract string; ${SEND}` };
  }
  return ofText(text);
}

function ofText(marked: string): Content {
  const text = marked.startsWith(BYTE_ORDER_MARK) ? marked.slice(1) : marked;
  const parsed = parseStrictJson(text);
  if (parsed.ok) return { body: parsed.value };
  return parsed.isOther
    ? { body: text }
    : { body: text, bodyProblem: `The message body ${parsed.problem}.` };
}
