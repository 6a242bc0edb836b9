import { describe, expect, it } from 'vitest';
import { readFault } from '../../../src/partner-center/http/fault.ts';

const fault = (description: unknown) => readFault(JSON.stringify({ code: 900329, description }));

describe('the code of a refusal counts', () => {
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
