const CBS = '$cbs';
const MANAGEMENT_SUFFIX = '/$management';

/** What a link's address names. */
export type Node =
  | { readonly kind: 'cbs' }
  | { readonly kind: 'management'; readonly path: string }
  | { readonly kind: 'entity'; readonly path: string };

/** Clients write `orders`, `/orders`, or a whole URL. */
export function parseAddress(address: string): Node {
  const path = address.replace(/^(amqps?|sb):\/\/[^/]*/i, '').replace(/^\/+|\/+$/g, '');
  const lower = path.toLowerCase();
  if (lower === CBS) return { kind: 'cbs' };
  if (lower.endsWith(MANAGEMENT_SUFFIX)) {
    return { kind: 'management', path: path.slice(0, -MANAGEMENT_SUFFIX.length) };
  }
  return { kind: 'entity', path };
}

/** The same for every spelling of an address. */
export const nodeKey = (node: Node): string =>
  node.kind === 'cbs' ? CBS : `${node.path.toLowerCase()}/${node.kind}`;
