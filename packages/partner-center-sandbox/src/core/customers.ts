import { gatewayRefuse, noContent, type Reply, refuse } from './answer.ts';
import { GUID } from './identifiers.ts';
import { isReleased } from './life-cycle.ts';
import type { Customer } from './model.ts';
import type { View } from './resources.ts';

/** One customer of the account: whether it is there, and deleting it. */

/** What a customer id that leads nowhere answers; see the setting for what is known of it. */
export function unknownCustomer(id: string, tenantId: string, { settings }: View): Reply {
  // PartnerCenterPowerShellModule issue 14 shows this for an empty id.
  if (id === '') return gatewayRefuse(404, 'Resource not found');
  if (!GUID.test(id)) return refuse(400, '900118', `Invalid customer id: ${id}.`);
  return notOurs(id, tenantId, settings.unknownCustomer);
}

/** What a customer answers that is there, but not this account's; see the setting. */
export const foreignCustomer = (id: string, tenantId: string, { settings }: View): Reply =>
  notOurs(id, tenantId, settings.foreignCustomer);

function notOurs(
  id: string,
  tenantId: string,
  { status, code }: View['settings']['foreignCustomer'],
): Reply {
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
