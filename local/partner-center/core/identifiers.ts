import type { Random } from './random.ts';

const HEX = '0123456789abcdef';
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const ALPHANUMERIC = BASE64URL.slice(0, 62);

/** Order ids as in the articles' examples: 33 base64url characters ending in a digit; legacy ones are GUIDs. */
export function createOrderId(random: Random, legacy: boolean): string {
  if (legacy) return random.guid();
  return `${random.text(1, ALPHANUMERIC)}${random.text(31, BASE64URL)}${random.integer(1, 9)}`;
}

/** A short hexadecimal name, such as `11fc4bdfd47a`: the only one that a refused DELETE names. */
export const createAlternateId = (random: Random) => random.text(12, HEX);

/** Base64 of `{"id":…,"version":n}`, as legacy orders show it; quotes are the header's business. */
export function etagOf(
  resource: { readonly id: string; readonly version: number },
  epoch: number,
): string {
  const content = { id: resource.id, version: resource.version, ...(epoch === 0 ? {} : { epoch }) };
  return Buffer.from(JSON.stringify(content)).toString('base64');
}
