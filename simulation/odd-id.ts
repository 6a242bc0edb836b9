import type { World } from './world.ts';

/** A customer that no request can name. */
const ODD = { id: 'shop-7', companyProfile: { domain: 'shop7.onmicrosoft.com' } };

/** An answer; if the account has a customer with such an id, its list of customers gets that customer too. */
export function withOddId({ scenario, met }: World, path: string, body: unknown): unknown {
  if (!scenario.sweep?.listsOddId || !path.startsWith('/customers?')) return body;
  const { items, ...more } = body as { items?: readonly unknown[]; totalCount?: number };
  if (items === undefined) return body;
  met.add('id that is no GUID');
  const { totalCount } = more;
  return {
    ...more,
    items: [...items, ODD],
    ...(totalCount !== undefined && { totalCount: totalCount + 1 }),
  };
}
