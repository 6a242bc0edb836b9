import {
  collection,
  gatewayRefuse,
  invalidInput,
  json,
  link,
  noContent,
  type Reply,
  refuse,
} from './answer.ts';
import { fieldsOf, sameText, textOf } from './input.ts';
import { isReleased } from './life-cycle.ts';
import type { Customer } from './model.ts';
import { customerItem, type View } from './resources.ts';

/** The account's list of customers, and deleting one of them. */

interface Page {
  readonly after: number;
  readonly size: number;
  readonly filter: string | undefined;
}

const seekHeader = 'ms-continuationtoken';

/**
 * GET customers: `size` and `filter` for the first page; then `seekOperation=Next` with the token of the page before
 * (article get-a-list-of-customers; token and headers as the SDK's SeekBasedResourceCollection reads them).
 * `totalCount` counts the page; that it does not count the account is UNCONFIRMED.
 */
export function listCustomers(
  customers: Iterable<Customer>,
  query: ReadonlyMap<string, string>,
  headers: ReadonlyMap<string, string>,
  { settings }: View,
): Reply {
  const page = readPage(query, headers.get(seekHeader), settings.pageSize);
  if (typeof page === 'string') return invalidInput(page);
  const matches = matcherOf(page.filter);
  if (typeof matches === 'string') return invalidInput(matches);
  const rest = [...customers].filter((one) => one.sequence > page.after && matches(one));
  const shown = rest.slice(0, page.size);
  const last = shown.at(-1);
  const self = link(`/v1/customers?size=${page.size}`);
  if (last === undefined || rest.length === shown.length) {
    return json(collection(shown.map(customerItem), { links: { self } }));
  }
  const token = encodePage({ ...page, after: last.sequence });
  const next = {
    uri: '/v1/customers?seekOperation=Next',
    method: 'GET',
    headers: [{ key: 'MS-ContinuationToken', value: token }],
  };
  return json(
    collection(shown.map(customerItem), { continuationToken: token, links: { self, next } }),
  );
}

function readPage(
  query: ReadonlyMap<string, string>,
  token: string | undefined,
  pageSize: number,
): Page | string {
  const seek = query.get('seekoperation');
  if (seek !== undefined) {
    if (!sameText(seek, 'Next')) return `The seek operation ${seek} is not supported.`;
    return decodePage(token) ?? 'The MS-ContinuationToken header is missing or not valid.';
  }
  const size = Number(query.get('size') ?? 0);
  if (!Number.isInteger(size) || size < 0) return 'size must be a whole number.';
  // The SDK asks for "all" with size 0.
  return {
    after: 0,
    size: size === 0 ? pageSize : Math.min(size, pageSize),
    filter: query.get('filter'),
  };
}

function encodePage(page: Page): string {
  return Buffer.from(JSON.stringify(page)).toString('base64');
}

function decodePage(token: string | undefined): Page | undefined {
  try {
    const fields = fieldsOf(JSON.parse(Buffer.from(token ?? '', 'base64').toString('utf8')));
    const after = fields?.get('after');
    const size = fields?.get('size');
    if (typeof after !== 'number' || typeof size !== 'number') return undefined;
    return { after, size, filter: textOf(fields, 'filter') };
  } catch {
    return undefined;
  }
}

/** `{"Field":"Domain","Value":"con","Operator":"starts_with"}`; only that operator, on these two fields. */
function matcherOf(filter: string | undefined): ((customer: Customer) => boolean) | string {
  if (filter === undefined) return () => true;
  const fields = parseFilter(filter);
  const field = textOf(fields, 'field')?.toLowerCase();
  const value = textOf(fields, 'value')?.toLowerCase();
  if (value === undefined || (field !== 'companyname' && field !== 'domain')) {
    return 'filter must be JSON with the Field CompanyName or Domain and a Value.';
  }
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

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What a customer id that leads nowhere answers; see the setting for what is known of it. */
export function unknownCustomer(id: string, tenantId: string, { settings }: View): Reply {
  // PartnerCenterPowerShellModule issue 14 shows this for an empty id.
  if (id === '') return gatewayRefuse(404, 'Resource not found');
  if (!GUID.test(id)) return refuse(400, '900118', `Invalid customer id: ${id}.`);
  const { status, code } = settings.unknownCustomer;
  const text =
    status === 404
      ? `Customer ${id} was not found.`
      : `The partner ${tenantId} has no commerce relationship with customer ${id}.`;
  return refuse(status, code, text);
}

/**
 * DELETE customer: 204, unless anything blocks (article delete-a-customer-account-from-the-integration-sandbox). The
 * text is the only one on record (PowerShell issue 215): it speaks of reserved instances whatever the product is, and
 * names orders by their alternate id.
 *
 * @returns the refusal, or the 204 that goes with the deletion.
 */
export function deletionReply(customer: Customer, { settings }: View): Reply {
  // What production answers is UNCONFIRMED; "This won't work for real accounts" (SDK, ICustomer).
  if (settings.production) {
    return refuse(400, '900127', 'This operation is not supported in this environment.');
  }
  const blocking = customer.orders.filter((order) => !isReleased(customer, order));
  const { status, code } = settings.deleteRefusal;
  if (blocking.length > 0) {
    const ids = blocking.map(({ id, alternateId = id }) => alternateId).join(', ');
    return refuse(
      status,
      code,
      `Customer relationship cannot be removed due to active Azure reserved instances.Please cancel the following orders: ${ids}`,
    );
  }
  if (customer.invalidAddress) {
    return refuse(status, code, 'The customer cannot be deleted because its address is not valid.');
  }
  return noContent;
}
