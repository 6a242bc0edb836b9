import fc from 'fast-check';
import { MAX_BODY_BYTES } from '../../../src/partner-center/http/bounded-text.ts';
import { errorTable } from '../../../src/teardown/errors/error-table.ts';
import { echo } from './secrets.ts';
import { hostileText } from './texts.ts';

/** What a hostile Partner Center sends back: any status, any headers, any body. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** No answer comes at all. */
  readonly broken?: boolean;
}

const codes = [...new Set(errorTable.flatMap((row) => row.codes ?? []))];

const text = fc.oneof(
  { arbitrary: hostileText, weight: 4 },
  fc.constantFrom('9'.repeat(100_000), 'orders: o1, o2'),
);

const fault = fc.record({
  code: fc.oneof({ arbitrary: fc.constantFrom(...codes), weight: 3 }, fc.integer(), text),
  description: fc.oneof(text, fc.constant(null)),
});
const gatewayFault = fc.record({ statusCode: fc.integer(), message: text });
const list = fc.record(
  {
    items: fc.array(fc.oneof(fc.object({ maxDepth: 1 }), fc.record({ id: text })), {
      maxLength: 3,
    }),
    totalCount: fc.anything({ maxDepth: 1 }),
    continuationToken: text,
    links: fc.record({ next: fc.record({ uri: text }) }),
  },
  { requiredKeys: [] },
);

const body = fc.oneof(
  fc.json({ maxDepth: 3 }),
  text,
  { arbitrary: fault.map(asJson), weight: 3 },
  gatewayFault.map(asJson),
  { arbitrary: list.map(asJson), weight: 2 },
  fc.constantFrom(
    '',
    '<html><body>502</body></html>',
    'null',
    '[]',
    '{"items":null}',
    // Cut short, and at odds with its own count.
    '{"totalCount":1,"items":[{"id":"x","stat',
    '{"totalCount":2,"items":[]}',
    '{"totalCount":0,"items":[{"id":"x"}]}',
    '{"Items":null,"items":[]}',
    '{"ITEMS":"x","items":[]}',
    '{"items":[],"ITEMS":"x"}',
    '{"id":"c"}',
    ' '.repeat(MAX_BODY_BYTES + 1),
    '['.repeat(5_000) + ']'.repeat(5_000),
  ),
);

const headers = fc.record(
  {
    'content-type': fc.constantFrom('application/json', 'text/html', 'application/xml', ''),
    'retry-after': fc.constantFrom(
      '5',
      '-1',
      'soon',
      'Wed, 21 Oct 2026 07:28:00 GMT',
      '1e99',
      '7, 8',
    ),
    'ms-requestid': fc.oneof({ arbitrary: fc.constant('r-1'), weight: 4 }, echo.filter(isHeader)),
    location: fc.constant('http://127.0.0.1:1/elsewhere'),
  },
  { requiredKeys: [] },
);

/** 101 would switch protocols, and what is below 200 is no answer yet. */
const status = fc.oneof(
  {
    arbitrary: fc.constantFrom(
      200,
      202,
      204,
      301,
      400,
      401,
      403,
      404,
      408,
      409,
      412,
      429,
      500,
      503,
    ),
    weight: 4,
  },
  fc.integer({ min: 200, max: 599 }),
);

/** What was asked for, so that a list goes on and a call is done. */
const goodAnswer = fc.record({
  status: fc.constantFrom(200, 202, 204),
  headers,
  body: fc.constantFrom(
    '',
    '{"id":"C"}',
    '{"items":[]}',
    '{"totalCount":1,"items":[{"id":"x","status":"active","referenceOrder":{"id":"x"}}]}',
  ),
});

export const rawAnswer: fc.Arbitrary<RawAnswer> = fc.oneof(
  { arbitrary: fc.record({ status, headers, body }), weight: 20 },
  { arbitrary: goodAnswer, weight: 2 },
  fc.constant({ status: 0, headers: {}, body: '', broken: true }),
);

/** Node refuses to read or write anything else. */
function isHeader(value: string): boolean {
  return /^[\x20-\x7e]*$/.test(value);
}

export function asJson(value: unknown): string {
  return JSON.stringify(value, (_key, item) => (typeof item === 'bigint' ? String(item) : item));
}
