import type { Taken } from '../../teardown/model/partner-center.ts';
import type { OrderLine, Subscription } from '../../teardown/model/purchases.ts';
import type { Reply } from '../http/transport.ts';

/** Article cancel-an-azure-subscription; that another reason is refused (400/900307) is INFERRED. */
export const cancellation = { cancellationReason: 'compromise' };

/** Article update-a-subscription-by-id: 202 is an update that takes longer; where it goes on, the next check reads. */
export function takenAs({ status }: Pick<Reply, 'status'>): Taken {
  return status === 202 ? 'accepted' : 'done';
}

export function lineItem({ lineItemNumber, offerId }: OrderLine) {
  return { lineItemNumber, offerId };
}

/** None where the resource has no etag. Source: "Test and debug": an ETag is sent quoted. */
export function ifMatch(etag: string | undefined): Record<string, string> {
  if (etag === undefined || /[^\x20-\x7e]/.test(etag)) return {};
  return { 'if-match': /^(?:W\/)?".*"$/.test(etag) ? etag : `"${etag}"` };
}

/**
 * The whole resource as it came, with one field changed and nothing else: with a smaller one auto-renew is turned off,
 * and what is scheduled for the next term is dropped (article update-a-subscription-by-id).
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
