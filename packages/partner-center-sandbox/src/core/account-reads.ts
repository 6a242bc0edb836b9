import type { Reply } from './answer.ts';
import type { Call, World } from './call.ts';
import { listCustomers } from './customer-pages.ts';
import { foreignCustomer, unknownCustomer } from './customers.ts';
import { domainReply, hasDomain } from './domains.ts';
import { partnerProfile } from './partner-profiles.ts';

/** What is asked of the account itself; `undefined` if it is one of its customers that is meant. */
export function readAccount({ route, query, headers }: Call, world: World): Reply | undefined {
  const { customers, deleted, elsewhere, tenantId, view } = world;
  switch (route.operation) {
    case 'list-customers':
      return listCustomers(customers.values(), query, headers, view);
    case 'check-domain': {
      const { domain } = route;
      const { deletedDomains } = view.settings;
      const isOwn = hasDomain(domain, tenantId, customers.values(), deleted, deletedDomains);
      return domainReply(isOwn || elsewhere.hasDomain(domain));
    }
    default:
      return partnerProfile(route.operation, query, tenantId);
  }
}

export const missingCustomer = (id: string, { elsewhere, tenantId, view }: World): Reply =>
  elsewhere.hasCustomer(id)
    ? foreignCustomer(id, tenantId, view)
    : unknownCustomer(id, tenantId, view);
