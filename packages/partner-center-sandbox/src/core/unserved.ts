import { gatewayRefuse, type Reply, refuse } from './answer.ts';
import type { Route } from './routes.ts';

/** What an address answers that leads nowhere. */

/** PartnerCenterPowerShellModule issue 14. */
export const emptyId = gatewayRefuse(404, 'Resource not found');

const SHOWN_PATH_LENGTH = 200;

/** "501: Not implemented", article error-codes; that it has the service's shape, and its code, are the sandbox's own. */
export function unserved(
  method: string,
  path: string,
  found: Route | 'empty-id' | undefined,
): Reply | undefined {
  if (found !== undefined) return found === 'empty-id' ? emptyId : undefined;
  const shown = path.slice(0, SHOWN_PATH_LENGTH);
  return refuse(501, '501', `The simulated sandbox does not serve ${method} ${shown}.`);
}
