import fc from 'fast-check';
import { asJson, type RawAnswer, rawAnswer } from './answers.ts';
import { type InventoryIndex, index } from './holdings.ts';
import { CUSTOMER, hostileText } from './texts.ts';

/** How a list goes on to its next page. */
export interface Paging {
  readonly link: string;
  readonly token: string;
}

/** A Partner Center whose lists are well-formed, whatever is in them, and whose other answers are anything. */
export interface World {
  readonly customer: object;
  /** How many customers the account has. */
  readonly customers: number;
  /** One for each check, again and again. */
  readonly index: readonly InventoryIndex[];
  readonly paging: Paging | undefined;
  /** What writes are answered with, one after the other. */
  readonly writes: readonly RawAnswer[];
  /** What some reads are answered with instead. */
  readonly disturbances: readonly (RawAnswer | undefined)[];
  /** How long each answer takes. */
  readonly tookMs: readonly number[];
  /** How much longer than it need be each list is, in bytes. */
  readonly padding: number;
  /** How many more items each list counts than it has; absent: it does not count. */
  readonly miscount: number | undefined;
  /** What the request for the teardown says besides whose it is. */
  readonly request: object;
}

const mostly = <T>(
  usual: fc.Arbitrary<T>,
  weight: number,
  other: fc.Arbitrary<T>,
): fc.Arbitrary<T> => fc.oneof({ arbitrary: usual, weight }, other);
const some = <T>(arbitrary: fc.Arbitrary<T>, maxLength: number): fc.Arbitrary<T[]> =>
  fc.array(arbitrary, { minLength: 1, maxLength });

const profile = fc.record(
  { domain: mostly(fc.constant('x.onmicrosoft.com'), 3, hostileText), companyName: hostileText },
  { requiredKeys: [] },
);

const paging: fc.Arbitrary<Paging> = fc.record({
  link: fc.constantFrom(
    'LIST?page=2',
    '/v1LIST?page=2',
    '//V1LIST?page=2',
    'HOSTLIST?page=2',
    'https://evil.example/v1LIST',
    '/v1/customers/d/orders',
    '',
  ),
  token: fc.oneof(fc.constantFrom('', 'next', 'ü', 'a\r\nb', '\ud800'), hostileText),
});

const written: RawAnswer = { status: 200, headers: {}, body: '' };

export const world: fc.Arbitrary<World> = fc.record({
  customer: fc.record({
    id: fc.constantFrom(CUSTOMER, CUSTOMER.toUpperCase()),
    companyProfile: profile,
  }),
  customers: mostly(fc.constantFrom(1, 75), 15, fc.constant(76)),
  index: some(index, 3),
  paging: mostly(fc.constant(undefined), 6, paging),
  writes: some(mostly(fc.constant(written), 2, rawAnswer), 6),
  disturbances: some(mostly(fc.constant(undefined), 30, rawAnswer), 9),
  tookMs: some(mostly(fc.constant(50), 6, fc.integer({ min: 0, max: 9_000 })), 5),
  padding: mostly(fc.constant(0), 20, fc.constantFrom(400_000, 1_000_000, 1_100_000)),
  miscount: fc.oneof(
    { arbitrary: fc.constantFrom(undefined, 0), weight: 20 },
    fc.constantFrom(-1, 1),
  ),
  request: mostly(
    fc.constant({}),
    6,
    fc.constantFrom({ dryRun: true }, { minIdle: 'PT1H' }, { expectedDomain: 'x.onmicrosoft.com' }),
  ),
});

/**
 * The answer of a list, with a link to its next page where it is the first and there are more.
 *
 * @param path the whole address, without its query
 */
export function page(
  items: readonly unknown[],
  { paging, padding, miscount }: Pick<World, 'paging' | 'padding' | 'miscount'>,
  path: string,
  isFirst: boolean,
): RawAnswer {
  const [host = '', list = ''] = path.split('/v1');
  const uri = paging?.link.replace('LIST', list).replace('HOST', `${host}/v1`);
  const headers = [{ key: 'MS-ContinuationToken', value: paging?.token }];
  const links = paging !== undefined && isFirst ? { next: { uri, method: 'GET', headers } } : {};
  const counted = miscount === undefined ? {} : { totalCount: items.length + miscount };
  const body = asJson({ ...counted, items, links }) + ' '.repeat(padding);
  return { status: 200, headers: {}, body };
}
