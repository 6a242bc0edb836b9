import type { World } from './world.ts';

/** No request can name it. */
const ODD = { id: 'shop-7', companyProfile: { domain: 'shop7.onmicrosoft.com' } };

/** An answer as it came; where the account has a customer of such an id, its list of customers with that one. */
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
