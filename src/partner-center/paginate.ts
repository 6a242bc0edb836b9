import * as v from 'valibot';
import type { Operation } from '../teardown/model/partner-center-error.ts';
import type { Api } from './api.ts';
import { apiError } from './api-error.ts';
import { optionalNumber, optionalText, plain } from './http/schema.ts';
import type { Reply } from './http/transport.ts';
import { lowercaseOrThrow, parseJson, unreadable } from './json-response.ts';

/** The limit for one list; a sandbox's lists have a few pages. */
export const MAX_PAGES = 20;

/** The limit for one list; a sandbox's lists have some hundred items. */
export const MAX_ITEMS = 2_000;

/**
 * A link carries a relative address, and headers to send with it. An absolute address is accepted too, if it is the API's
 * own. Source: https://learn.microsoft.com/partner-center/developer/partner-center-rest-resources
 */
const link = v.object({
  uri: plain,
  headers: v.nullish(v.array(v.object({ key: plain, value: plain }))),
});

const page = v.object({
  items: v.array(v.unknown()),
  totalcount: optionalNumber,
  continuationtoken: optionalText,
  links: v.nullish(v.object({ next: v.nullish(link) })),
});

/** Characters that a header can hold: sending others looks like a broken connection, again and again. */
const IN_A_HEADER = /^[\x20-\x7e]*$/;

interface Next {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Reads all pages of a list, each item as it came. Stops early once more than `limit` items are read.
 *
 * @throws PartnerCenterError unless the list is complete: for a page that fails, an answer that is no page, links that
 * do not end, and a number of items other than the service counts. An incomplete list is never "nothing there".
 */
export async function paginate(
  api: Api,
  operation: Operation,
  path: string,
  limit = Number.POSITIVE_INFINITY,
): Promise<readonly unknown[]> {
  const items: unknown[] = [];
  const pages: Page[] = [];
  const seen = new Set<string>();
  let next: Next | undefined = { path, headers: {} };
  while (next !== undefined && items.length <= limit) {
    const name = JSON.stringify(next);
    if (seen.has(name) || seen.size >= MAX_PAGES) {
      throw apiError(
        operation,
        200,
        `The list repeats a page, or goes on after ${seen.size} pages.`,
      );
    }
    seen.add(name);
    const reply = await api.send({ operation, method: 'get', ...next });
    const read = readPage(operation, reply);
    pages.push(read);
    for (const item of read.items) items.push(item);
    if (items.length > MAX_ITEMS) {
      throw apiError(operation, 200, `The list has more than ${MAX_ITEMS} items.`);
    }
    next = nextOf(api, operation, read.folded, path);
  }
  const odd = next === undefined && pages.find((each) => !isWellCounted(each, items.length));
  if (odd) {
    const why = `The list has ${items.length} items, but counts ${odd.folded.totalcount}.`;
    throw unreadable(operation, odd.reply, why);
  }
  return items;
}

interface Page {
  readonly reply: Reply;
  /** As they came, because some are sent back whole. */
  readonly items: readonly unknown[];
  readonly folded: v.InferOutput<typeof page>;
}

function readPage(operation: Operation, reply: Reply): Page {
  const json = parseJson(operation, reply);
  const folded = v.safeParse(page, lowercaseOrThrow(operation, json));
  if (folded.success) return { reply, items: itemsOf(json), folded: folded.output };
  throw unreadable(operation, reply, `The answer is not a list: ${folded.issues[0].message}`);
}

/**
 * A page may count its own items or the whole list's: the articles do not say which, and show no list of several pages.
 */
function isWellCounted({ items, folded }: Page, all: number): boolean {
  const { totalcount } = folded;
  return totalcount === undefined || totalcount === items.length || totalcount === all;
}

/** Of names that differ only by case the last one counts, as in the page. */
function itemsOf(json: unknown): readonly unknown[] {
  const entries = Object.entries(v.parse(v.record(v.string(), v.unknown()), json));
  const [, items] = entries.findLast(([name]) => name.toLowerCase() === 'items') ?? [];
  return Array.isArray(items) ? items : [];
}

function nextOf(
  api: Api,
  operation: Operation,
  { continuationtoken, links }: v.InferOutput<typeof page>,
  firstPath: string,
): Next | undefined {
  const token =
    links?.next?.headers?.find(({ key }) => key.toLowerCase() === 'ms-continuationtoken')?.value ??
    continuationtoken;
  if (token && !IN_A_HEADER.test(token)) {
    throw apiError(operation, 200, 'The list goes on with a token that no header can hold.');
  }
  if (links?.next?.uri) {
    return {
      path: ownPath(api, operation, links.next.uri, firstPath),
      headers: token ? { 'ms-continuationtoken': token } : {},
    };
  }
  if (!token) return undefined;
  const path = `${firstPath.split('?')[0]}?seekOperation=Next`;
  return { path, headers: { 'ms-continuationtoken': token } };
}

/** The case of paths varies in Microsoft's own samples, and extra slashes make no difference. */
const VERSION = /^\/v1(?=\/)/i;

function withoutExtraSlashes(path: string): string {
  const parts = path.split('/').filter((part) => part !== '');
  return `/${parts.join('/')}`;
}

/** The API's own path with extra slashes, not a host with the name `v1`. */
const NO_HOST = /^\/{2,}(?=v1\/)/i;

/** Stands for the origin of an API without one, so that only relative links are followed. */
const NOWHERE = 'https://nowhere.invalid';

/**
 * The path of a link below `/v1`. A link to another host would send our token there, and one to another resource would
 * mix in another customer's data.
 *
 * @throws PartnerCenterError for such a link
 */
function ownPath(api: Api, operation: Operation, uri: string, firstPath: string): string {
  const origin = api.origin ?? NOWHERE;
  const url = URL.parse(uri.replace(NO_HOST, ''), `${origin}/`);
  const isOwn = url?.origin === origin && url.username === '' && url.password === '';
  if (!isOwn || uri.includes('..')) {
    throw apiError(
      operation,
      200,
      'The list links its next page outside the API, which is refused.',
    );
  }
  const path = withoutExtraSlashes(url.pathname).replace(VERSION, '');
  const list = String(firstPath.split('?')[0]);
  if (path.toLowerCase() !== list.toLowerCase()) {
    throw apiError(
      operation,
      200,
      'The list links its next page to another list, which is refused.',
    );
  }
  return `${list}${url.search}`;
}
