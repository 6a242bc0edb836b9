import type { ServiceBusReceivedMessage } from '@azure/service-bus';
import { toTriggerInput } from 'local-functions-host/message-body';
import Long from 'long';
import rhea, { type Typed } from 'rhea';
import { describe, expect, it } from 'vitest';
import { amqpValues } from '../../src/service-bus/amqp-values.ts';
import { incomingMessage } from '../../src/service-bus/incoming-message.ts';
import { fromModelBindingData } from '../../src/service-bus/model-binding-data.ts';
import { fromSdk } from '../../src/service-bus/received-message.ts';
import { encodeValue } from './encode-value.ts';

const { types } = rhea;
const CUSTOMER = '11111111-2222-3333-4444-555555555555';
const REQUEST = { customerTenantId: CUSTOMER, dryRun: true };
const JSON_TEXT = JSON.stringify(REQUEST);
const GUID = 'F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6';

type Body = Pick<ServiceBusReceivedMessage, 'body'> & {
  readonly bodyType: 'data' | 'value' | 'sequence';
};

const data = (body: Buffer | string): Body => ({ bodyType: 'data', body: Buffer.from(body) });

/** A message as the SDK hands it to the reader of dead letters. */
function received(messageId: unknown, { body, bodyType }: Body): ServiceBusReceivedMessage {
  return {
    ...(messageId !== undefined && { messageId: messageId as string }),
    sequenceNumber: Long.fromString('9007199254740993'),
    lockToken: GUID,
    state: 'active',
    body,
    _rawAmqpMessage: { body, bodyType },
  };
}

/** The same message from the reader of dead letters and, over the host, from a trigger. */
function fromBoth(messageId: unknown, body: Body) {
  const message = received(messageId, body);
  const { content = Buffer.alloc(0) } = toTriggerInput(message, 'sdk').modelBindingData ?? {};
  return {
    deadLetter: incomingMessage(fromSdk(message)),
    trigger: incomingMessage(fromModelBindingData(content)),
  };
}

const MARK = Buffer.from([0xef, 0xbb, 0xbf]);
const UTF_16_LE = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(JSON_TEXT, 'utf16le')]);
const UTF_16_BE = Buffer.from(UTF_16_LE).swap16();
/** `new BrokeredMessage("text")` of .NET's first client. */
const DATA_CONTRACT = Buffer.concat([
  Buffer.from('@\u0006string\u0008'),
  Buffer.from([51]),
  Buffer.from('http://schemas.microsoft.com/2003/10/Serialization/'),
  Buffer.from([0x9a, 4]),
  Buffer.from('text'),
]);

describe('a message has one name, and one content, from a trigger and in its dead-letter queue:', () => {
  it.each<[string, unknown, string]>([
    ['a text', 'pipeline-12', 'pipeline-12'],
    ['a number as text', '1e3', '1e3'],
    ['a decimal as text', '1.0', '1.0'],
    ['a text in quotes', '"abc"', '"abc"'],
    ['the text null', 'null', 'null'],
    ['minus nothing as text', '-0', '-0'],
    ['twenty digits', '12345678901234567890', '12345678901234567890'],
    ['a GUID as text', GUID, GUID],
    ['blanks', ' a ', ' a '],
    ['letters of all kinds', 'Ñ\u2028😀', 'Ñ\u2028😀'],
    ['the longest', 'x'.repeat(128), 'x'.repeat(128)],
    ['a number', 1_000, '1000'],
    ['a UUID', Buffer.from(GUID.replaceAll('-', ''), 'hex'), GUID.toLowerCase()],
    ['a number of twenty digits', Buffer.from('ab54a98ceb1f0ad2', 'hex'), '12345678901234567890'],
    ['bytes', Buffer.from([0xde, 0xad, 0x01]), 'DEAD01'],
    ['eight bytes that are no large number', Buffer.alloc(8, 1).fill(0, 0, 2), '0000010101010101'],
    ['nothing', '', 'message-9007199254740993'],
    ['none at all', undefined, 'message-9007199254740993'],
  ])('%s', (_what, messageId, name) => {
    const { trigger, deadLetter } = fromBoth(messageId, data(JSON_TEXT));
    expect(trigger).toEqual({ messageId: name, body: REQUEST });
    expect(deadLetter).toEqual(trigger);
  });

  it('more bytes than a name may have', () => {
    const { trigger, deadLetter } = fromBoth(Buffer.alloc(65, 7), data(JSON_TEXT));
    expect(trigger.messageId).toMatch(/^sha256-[0-9a-f]{64}$/);
    expect(deadLetter).toEqual(trigger);
  });

  it.each<[string, Body]>([
    ['JSON', data(JSON_TEXT)],
    ['JSON behind a byte order mark', data(Buffer.concat([MARK, Buffer.from(JSON_TEXT)]))],
    [
      'JSON in several sections',
      { bodyType: 'data', body: [JSON_TEXT.slice(0, 9), JSON_TEXT.slice(9)].map(Buffer.from) },
    ],
    ['an AMQP value that is JSON text', { bodyType: 'value', body: JSON_TEXT }],
  ])('%s is read as JSON', (_what, body) => {
    const { trigger, deadLetter } = fromBoth('a', body);
    expect(trigger).toEqual({ messageId: 'a', body: REQUEST });
    expect(deadLetter).toEqual(trigger);
  });

  it.each<[string, Body, object]>([
    ['no body', { bodyType: 'value', body: undefined }, { body: '' }],
    ['nothing for a value', { bodyType: 'value', body: null }, { body: '' }],
    ['text', data('noise {'), { body: 'noise {' }],
    ['no UTF-8', data(Buffer.from([0x7b, 0xc3, 0x28])), { body: '{\ufffd(' }],
    [
      'UTF-16',
      data(UTF_16_LE),
      {
        body: JSON_TEXT,
        bodyProblem: 'The message body is UTF-16; send UTF-8 JSON in a data section.',
      },
    ],
    ['UTF-16, the greater byte first', data(UTF_16_BE), { body: JSON_TEXT }],
    [
      'a DataContract string',
      data(DATA_CONTRACT),
      { bodyProblem: expect.stringContaining('is a .NET DataContract string; send UTF-8') },
    ],
    [
      'a name twice',
      data('{"dryRun":true,"dryRun":false}'),
      {
        body: '{"dryRun":true,"dryRun":false}',
        bodyProblem: 'The message body has the name "dryRun" twice.',
      },
    ],
  ])('%s is refused or left as it is', (_what, body, content) => {
    const { trigger, deadLetter } = fromBoth('a', body);
    expect(trigger).toMatchObject(content);
    expect(deadLetter).toEqual(trigger);
  });

  it.each<[string, Typed | object, unknown, 'value' | 'sequence']>([
    ['a map', types.wrap({ a: 1 }), { a: 1 }, 'value'],
    ['a number', types.wrap(5), 5, 'value'],
    ['a list', types.wrap_list([]), [], 'value'],
    ['a sequence', rhea.message.sequence_section([1, 'b']), [1, 'b'], 'sequence'],
  ])('an AMQP value or sequence is refused by its kind: %s', (_what, amqp, body, bodyType) => {
    const message = rhea.message.encode({ message_id: 'a', body: amqp });
    const trigger = incomingMessage(
      fromModelBindingData(Buffer.concat([Buffer.alloc(16), message])),
    );
    expect(trigger).toEqual({
      messageId: 'a',
      body: '',
      bodyProblem: `The message body is an AMQP ${bodyType}; send UTF-8 JSON in a data section.`,
    });
    expect(incomingMessage(fromSdk(received('a', { body, bodyType })))).toEqual(trigger);
  });
});

it('a message of the SDK without a sequence number has none', () => {
  const { sequenceNumber: _none, ...message } = received('a', data(JSON_TEXT));
  expect(fromSdk(message)).toMatchObject({ messageId: 'a', sequenceNumber: undefined });
});

describe('what the host hands over', () => {
  it('may have ids of every AMQP type, as they were sent', () => {
    const named = (message_id: Typed | undefined) => {
      const properties = types.described(types.wrap_ulong(0x73), types.wrap_list([message_id]));
      const content = Buffer.concat([Buffer.alloc(16), encodeValue(properties)]);
      return incomingMessage(fromModelBindingData(content)).messageId;
    };
    expect(named(types.wrap_ulong(0))).toBe('0');
    expect(named(types.wrap_ulong(200))).toBe('200');
    expect(named(types.wrap_ulong(Buffer.from('ab54a98ceb1f0ad2', 'hex') as never))).toBe(
      '12345678901234567890',
    );
    expect(named(types.wrap_uuid(Buffer.from(GUID.replaceAll('-', ''), 'hex')))).toBe(
      GUID.toLowerCase(),
    );
    expect(named(types.wrap_binary(Buffer.from([1, 2])))).toBe('0102');
    expect(named(types.wrap_string('x'))).toBe('x');
    expect(named(types.wrap_symbol('y'))).toBe('y');
    expect(named(undefined)).toBe('message-undefined');
  });

  it('that is cut short, or is no AMQP, is an error and never another message', () => {
    const whole = rhea.message.encode({
      message_id: 'teardown-1',
      body: rhea.message.data_section(Buffer.from(JSON_TEXT)),
    });
    const name = incomingMessage(
      fromModelBindingData(Buffer.concat([Buffer.alloc(16), whole])),
    ).messageId;
    expect(name).toBe('teardown-1');
    const cut = whole.subarray(0, -1);
    expect(() => fromModelBindingData(Buffer.concat([Buffer.alloc(16), cut]))).toThrow(
      'ends in the middle of a value',
    );
    expect(() => fromModelBindingData(Buffer.concat([Buffer.alloc(16), Buffer.of(0x10)]))).toThrow(
      '0x10 is not an AMQP format code',
    );
    // Descriptors within descriptors without end.
    expect(() => [...amqpValues(Buffer.alloc(100_000))]).toThrow('not an AMQP format code');
  });
});
