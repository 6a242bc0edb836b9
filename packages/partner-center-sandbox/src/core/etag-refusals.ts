import { type Reply, refuse } from './answer.ts';
import { type Fields, fieldsOf, textOf } from './input.ts';
import type { View } from './resources.ts';

/**
 * If-Match where it is sent, else the body's own etag, which is what the .NET SDK relies on: it never sends the header.
 * Neither is required, for no product: the example of article cancel-an-azure-marketplace-subscription for the marketplace
 * and new commerce has the header and no etag in the body, that of suspend-a-subscription has both, and no text asks for
 * them. The etag of a PATCH's answer is empty, and sent back it counts as none (INFERRED).
 */
export function etagProblem(
  fields: Fields,
  ifMatch: string | undefined,
  etag: string | undefined,
  { settings }: View,
): Reply | undefined {
  const expected = ifMatch ?? textOf(fieldsOf(fields.get('attributes')), 'etag');
  if (!expected || expected === etag) return undefined;
  if (etag === undefined && settings.unshownEtags === 'ignored') return undefined;
  return refuse(400, '2055', 'Etag is no longer valid.');
}
