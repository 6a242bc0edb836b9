import { describe, expect, it } from 'vitest';
import { readFault } from '../../../src/partner-center/http/fault.ts';

const fault = (description: unknown) => readFault(JSON.stringify({ code: 900329, description }));

describe('the code of an error counts', () => {
  it.each([1_000, 1_001, 1_024, 1_025, 100_000])('with a text of %i characters', (length) => {
    const { code, description } = fault('x'.repeat(length));
    expect(code).toBe('900329');
    expect(description).toHaveLength(Math.min(length, 1_024));
  });

  it.each([[['a list']], [{ an: 'object' }], [null], ['']])('with %j for a text', (description) => {
    expect(fault(description)).toEqual({
      code: '900329',
      description: 'code 900329, without a description',
    });
  });

  it('with a text that would be cut within a character', () => {
    expect(fault(`${'x'.repeat(1_023)}\u{1f600}`).description.isWellFormed()).toBe(true);
  });

  it("and the gateway's words, however long", () => {
    const said = readFault(JSON.stringify({ statusCode: 429, message: 'y'.repeat(2_000) }));
    expect(said.description).toBe('y'.repeat(1_024));
  });
});

it.each([
  ['{"code":2005,"description":"No."}', { code: '2005', description: 'No.' }],
  ['{"Code":" 2005 ","Description":" No. "}', { code: '2005', description: 'No.' }],
  ['{"code":"2005","description":17}', { code: '2005', description: '17' }],
  ['{"code":"2005","description":false}', { code: '2005', description: 'false' }],
  ['{"code":"2005","description":" "}', without('2005')],
  ['{"code":"2005"}', without('2005')],
  ['{"statusCode":429,"message":"Too many."}', { description: 'Too many.' }],
  ['{"statusCode":429}', { description: 'no message' }],
  ['', { description: 'The answer has no body.' }],
  [' \n', { description: 'The answer has no body.' }],
  ['<html>', unknown('HTML or XML')],
  ['\n <?xml version="1.0"?>', unknown('HTML or XML')],
  ['a < b', unknown('not JSON')],
  ['{"code":', unknown('not JSON')],
  ['{"code":null}', unknown('unknown JSON')],
  ['"<p>"', unknown('unknown JSON')],
  ['null', unknown('unknown JSON')],
])('the description of an error is its message, or its kind of body: %s', (body, expected) => {
  expect(readFault(body)).toStrictEqual(expected);
});

function without(code: string) {
  return { code, description: `code ${code}, without a description` };
}

function unknown(kind: string) {
  return { description: `The answer's body is in no known error shape (${kind}).` };
}
