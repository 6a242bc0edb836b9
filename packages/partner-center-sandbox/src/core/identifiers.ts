import type { Random } from './random.ts';
import type { PurchaseSpec } from './spec.ts';

export const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const DIGITS = '0123456789';
const HEX = '0123456789abcdef';
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const ALPHANUMERIC = BASE64URL.slice(0, 62);

type OrderIdForm = NonNullable<PurchaseSpec['orderIdForm']>;

/**
 * Order ids as in the articles' examples: 33 base64url characters ending in a digit, 12 hexadecimal ones
 * (get-a-subscription-by-id), 11 or 12 digits (get-all-of-a-customer-s-subscriptions); legacy ones are GUIDs.
 */
export function createOrderId(random: Random, form: OrderIdForm): string {
  if (form === 'guid') return random.guid();
  if (form === 'short') return random.text(12, HEX);
  if (form === 'decimal') {
    return `${random.integer(1, 9)}${random.text(random.integer(10, 11), DIGITS)}`;
  }
  return `${random.text(1, ALPHANUMERIC)}${random.text(31, BASE64URL)}${random.integer(1, 9)}`;
}

/**
 * A short hexadecimal name, such as `11fc4bdfd47a`: the only one that a refused DELETE names. In samples it is also the id
 * again (po-upload-complete-status) or a GUID, and the older ones have none (get-an-order-by-id).
 */
export function createAlternateId(
  random: Random,
  orderId: string,
  form: NonNullable<PurchaseSpec['alternateIdForm']>,
): string | undefined {
  if (form === 'absent') return undefined;
  if (form === 'same') return orderId;
  return form === 'guid' ? random.guid() : random.text(12, HEX);
}

/** Base64 of `{"id":…,"version":n}`, as legacy orders show it; quotes are the header's business. */
export function etagOf(
  resource: { readonly id: string; readonly version: number },
  epoch: number,
): string {
  const content = { id: resource.id, version: resource.version, ...(epoch === 0 ? {} : { epoch }) };
  return Buffer.from(JSON.stringify(content)).toString('base64');
}
