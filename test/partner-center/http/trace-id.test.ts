import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { traceIdOf } from '../../../src/partner-center/http/trace-id.ts';

it('the trace of a teardown is a GUID made from its id, the same each time', () => {
  for (let number = 0; number < 64; number += 1) {
    const id = `teardown-${number}`;
    const trace = traceIdOf(id);
    expect(trace).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    // All of it but version and variant is the beginning of the hash.
    const digits = createHash('sha256').update(id).digest('hex').slice(0, 32);
    const known = (hex: string) => `${hex.slice(0, 12)}-${hex.slice(13, 16)}-${hex.slice(17)}`;
    expect(known(trace.replaceAll('-', ''))).toBe(known(digits));
  }
  const variants = Array.from({ length: 64 }, (_, number) => traceIdOf(`teardown-${number}`)[19]);
  expect(new Set(variants)).toEqual(new Set(['8', '9', 'a', 'b']));
});
