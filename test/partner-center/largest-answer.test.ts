import { expect, it } from 'vitest';
import { MAX_BODY_BYTES } from '../../src/partner-center/http/bounded-text.ts';
import { growthOf, MAX_GROWTH } from '../security/linear-time.ts';
import { clientOf } from './hostile/client.ts';

const TOKEN = { token: 'token', expiresMs: Number.POSITIVE_INFINITY };

const listOf = (item: object, count = 1): string =>
  JSON.stringify({ items: Array(count).fill(item) });

/** Answers of about a length, by what makes them long. */
const answers: Readonly<Record<string, (length: number) => string>> = {
  'many items': (length) => listOf({ id: 'order-1' }, Math.ceil(length / 20)),
  'an order of many lines': (length) =>
    listOf({ id: 'o', lineItems: Array(Math.ceil(length / 30)).fill({ lineItemNumber: 1 }) }),
  'many fields': (length) =>
    listOf(Object.fromEntries(Array.from({ length: length / 12 }, (_each, id) => [`F${id}`, 1]))),
  'a long id': (length) => listOf({ id: 'x'.repeat(length) }),
  'a deep nest': (length) => '['.repeat(length / 2) + ']'.repeat(length / 2),
};

it.each(Object.entries(answers))(
  'an answer takes the client no more than its length in time: %s',
  async (_name, answerOf) => {
    const read = async (length: number): Promise<void> => {
      const body = answerOf(length);
      const client = clientOf({
        fetch: async () => new Response(body, { headers: { 'content-type': 'application/json' } }),
        tokens: { current: async () => TOKEN, after: async () => TOKEN },
        log: () => undefined,
        nowMs: () => 0,
      });
      await client.listOrders('customer').catch(() => undefined);
    };
    expect(await growthOf(read, MAX_BODY_BYTES)).toBeLessThan(MAX_GROWTH);
  },
);
