import { expect, test } from 'vitest';
import { withBodyFields } from '../src/body-fields.ts';

const metadata = { MessageId: { string: 'caller-1' }, SequenceNumber: { json: '7' } };
const merged = (text: string) => withBodyFields(metadata, { string: text });

test('each field is copied as it is written, over a property of that name in any letter case', () => {
  expect(merged('{"messageid":"victim-1","a":1,"b":true,"c":false,"d":{"e":[]}}')).toEqual({
    MessageId: { string: 'victim-1' },
    SequenceNumber: { json: '7' },
    a: { string: '1' },
    b: { string: 'True' },
    c: { string: 'False' },
    d: { json: '{"e":[]}' },
  });
});

test('lists, nulls and values other than objects are not copied', () => {
  for (const text of ['{"MessageId":null,"SequenceNumber":[1]}', '[{"MessageId":1}]', '"x"', 'x']) {
    expect(merged(text)).toEqual(metadata);
  }
});

test('a trigger that passes something other than text is unchanged', () => {
  const bytes = Buffer.from('{"MessageId":"victim-1"}');
  expect(withBodyFields(metadata, { bytes })).toEqual(metadata);
});
