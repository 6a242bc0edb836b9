import { collection, invalidInput, json, link, type Reply } from './answer.ts';
import { fieldsOf, numberOf, sameText, textOf } from './input.ts';
import type { Customer } from './model.ts';
import { customerItem, type View } from './resources.ts';

/** The account's list of customers, page by page. */

/** What a continuation token stands for: one page, by the places of its first and last customer. */
interface Token {
  readonly first: number;
  readonly last: number;
  readonly size: number;
  readonly filter: string | undefined;
}

interface Page {
  readonly shown: readonly Customer[];
  readonly token: Token;
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
}

type Matcher = (customer: Customer) => boolean;

const TOKEN_HEADER = 'ms-continuationtoken';

/**
 * GET customers: `size` and `filter` for the first page (articles get-a-list-of-customers, get-a-customer-by-name);
 * then `seekOperation` with the token of a page, as the SDK's CustomerCollectionOperations sends it. That `totalCount`
 * counts the page is the SDK's reading of it (ResourceCollection); that it does not count the account is UNCONFIRMED,
 * and so is that the body of a last page has no token.
 */
export function listCustomers(
  customers: Iterable<Customer>,
  query: ReadonlyMap<string, string>,
  headers: ReadonlyMap<string, string>,
  { settings }: View,
): Reply {
  const page = readPage([...customers], query, headers.get(TOKEN_HEADER), settings.pageSize);
  if (typeof page === 'string') return invalidInput(page);
  const token = encode(page.token);
  const self = link(`/v1/customers?size=${page.token.size}`);
  return json(
    collection(page.shown.map(customerItem), {
      ...(page.hasNext ? { continuationToken: token } : {}),
      links: {
        self,
        ...(page.hasNext ? { next: seekLink('Next', token) } : {}),
        ...(page.hasPrevious ? { previous: seekLink('Previous', token) } : {}),
      },
    }),
  );
}

const seekLink = (operation: string, token: string) => ({
  uri: `/v1/customers?seekOperation=${operation}`,
  method: 'GET',
  headers: [{ key: 'MS-ContinuationToken', value: token }],
});

/** The page that is asked for; a text says what is wrong with the question. */
function readPage(
  customers: readonly Customer[],
  query: ReadonlyMap<string, string>,
  header: string | undefined,
  pageSize: number,
): Page | string {
  const seek = query.get('seekoperation');
  const from = seek === undefined ? firstToken(query, pageSize) : seekToken(query, header);
  if (typeof from === 'string') return from;
  const matches = matcherOf(from.filter);
  if (typeof matches === 'string') return matches;
  const all = customers.filter(matches);
  const shown = seek === undefined ? all.slice(0, from.size) : seekPage(all, seek, from);
  if (typeof shown === 'string') return shown;
  // Where an empty page lies: before all customers, or behind them.
  const edge = seek?.toLowerCase() === 'previous' ? 0 : Number.MAX_SAFE_INTEGER;
  const first = shown.at(0)?.sequence ?? edge;
  const last = shown.at(-1)?.sequence ?? edge;
  return {
    shown,
    token: { ...from, first, last },
    hasNext: all.some(({ sequence }) => sequence > last),
    hasPrevious: all.some(({ sequence }) => sequence < first),
  };
}

function firstToken(query: ReadonlyMap<string, string>, pageSize: number): Token | string {
  const size = Number(query.get('size') ?? 0);
  if (!Number.isInteger(size) || size < 0) return 'size must be a whole number.';
  return {
    first: 0,
    last: 0,
    // The SDK asks for "all" with size 0.
    size: size === 0 ? pageSize : Math.min(size, pageSize),
    filter: query.get('filter'),
  };
}

/** Size and filter are the token's: the SDK does not repeat them, and others would be ignored (INFERRED: refused). */
function seekToken(query: ReadonlyMap<string, string>, header: string | undefined): Token | string {
  if (query.has('size') || query.has('filter')) {
    return 'seekOperation goes on with the size and filter of the token; leave them out.';
  }
  return decode(header) ?? 'The MS-ContinuationToken header is missing or not valid.';
}

/** PageIndex cannot be served: the SDK knows the word and sends no index with it. */
function seekPage(
  all: readonly Customer[],
  seek: string,
  { first, last, size }: Token,
): readonly Customer[] | string {
  switch (seek.toLowerCase()) {
    case 'first':
      return all.slice(0, size);
    case 'next':
      return all.filter(({ sequence }) => sequence > last).slice(0, size);
    case 'previous':
      return all.filter(({ sequence }) => sequence < first).slice(-size);
    case 'last':
      // Pages are counted from the first one (INFERRED), so the last may be short.
      return all.slice(-(all.length % size || size));
    default:
      return `The seek operation ${seek} is not supported.`;
  }
}

const encode = (token: Token) => Buffer.from(JSON.stringify(token)).toString('base64');

function decode(token: string | undefined): Token | undefined {
  try {
    const fields = fieldsOf(JSON.parse(Buffer.from(token ?? '', 'base64').toString('utf8')));
    const [first, last, size] = ['first', 'last', 'size'].map((name) => numberOf(fields, name));
    if (first === undefined || last === undefined || size === undefined) return undefined;
    if (!Number.isInteger(size) || size < 1) return undefined;
    return { first, last, size, filter: textOf(fields, 'filter') };
  } catch {
    return undefined;
  }
}

const FILTER_FIELDS: ReadonlySet<string> = new Set(['field', 'value', 'operator']);

/** `{"Field":"Domain","Value":"con","Operator":"starts_with"}`; only that operator, on these two fields. */
function matcherOf(filter: string | undefined): Matcher | string {
  if (filter === undefined) return () => true;
  const fields = parseFilter(filter);
  const field = textOf(fields, 'field')?.toLowerCase();
  const value = textOf(fields, 'value')?.toLowerCase();
  if (value === undefined || (field !== 'companyname' && field !== 'domain')) {
    return 'filter must be JSON with the Field CompanyName or Domain and a Value.';
  }
  const unknown = [...(fields?.keys() ?? [])].find((name) => !FILTER_FIELDS.has(name));
  if (unknown !== undefined) return `filter does not have ${unknown.slice(0, 100)}.`;
  if (!sameText(textOf(fields, 'operator') ?? '', 'starts_with')) {
    return 'filter supports the Operator starts_with only.';
  }
  return ({ companyName, domain }) =>
    (field === 'domain' ? domain : companyName).toLowerCase().startsWith(value);
}

function parseFilter(filter: string) {
  try {
    return fieldsOf(JSON.parse(filter));
  } catch {
    return undefined;
  }
}
