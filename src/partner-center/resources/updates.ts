import type { WriteResult } from '../../teardown/model/partner-center.ts';
import type { OrderLine, Subscription } from '../../teardown/model/purchases.ts';
import type { Reply } from '../http/transport.ts';

/**
 * That another reason is refused (400/900307) is INFERRED. Source:
 * https://learn.microsoft.com/partner-center/developer/cancel-an-azure-subscription
 */
export const cancellation = { cancellationReason: 'compromise' };

/**
 * 202 is an update that takes longer; the next check reads its result. Source:
 * https://learn.microsoft.com/partner-center/developer/update-a-subscription-by-id
 */
export function writeResultOf({ status }: Pick<Reply, 'status'>): WriteResult {
  return status === 202 ? 'accepted' : 'done';
}

export function lineItem({ lineItemNumber, offerId }: OrderLine) {
  return { lineItemNumber, offerId };
}

/**
 * No header where the resource has no etag. An etag is sent quoted:
 * https://learn.microsoft.com/partner-center/developer/test-and-debug
 */
export function ifMatch(etag: string | undefined): Record<string, string> {
  if (etag === undefined || /[^\x20-\x7e]/.test(etag)) return {};
  return { 'if-match': /^(?:W\/)?".*"$/.test(etag) ? etag : `"${etag}"` };
}

/**
 * The whole resource as it came, with only one field changed: a partial resource turns auto-renew off and drops what is
 * scheduled for the next term. Source: https://learn.microsoft.com/partner-center/developer/update-a-subscription-by-id
 */
export function withChange(
  { resource }: Subscription,
  field: 'status' | 'autoRenewEnabled',
  value: string | boolean,
): Record<string, unknown> {
  const names = Object.keys(resource).filter((name) => name.toLowerCase() === field.toLowerCase());
  const changed = (names.length > 0 ? names : [field]).map((name) => [name, value]);
  return { ...resource, ...Object.fromEntries(changed) };
}
