import type { Call } from './call.ts';

/** When the cancellation of each Azure subscription was accepted, by its id, in milliseconds since the epoch. */
export type AzureCancellations = ReadonlyMap<string, number>;

/** "Expect about 10 mins for the status to be reflected" (Cancel an Azure subscription), and some more. */
export const MIN_REPEAT_MS = 15 * 60 * 1000;

/** More Azure subscriptions than a sandbox can have; of more, the first are repeated early. */
export const MAX_AZURE_CANCELLATIONS = 200;

/**
 * Whether a call is due: an accepted cancellation that does not show may be lost, so it is repeated, but not before
 * its time is over, and the longer the teardown lasts the less often.
 */
export function isDue(
  call: Call,
  accepted: AzureCancellations | undefined,
  { startedMs, nowMs }: { readonly startedMs: number; readonly nowMs: number },
): boolean {
  if (call.kind !== 'cancel-azure-entitlement') return true;
  const atMs = accepted?.get(call.entitlement.id);
  if (atMs === undefined) return true;
  return nowMs - atMs >= Math.max(MIN_REPEAT_MS, (nowMs - startedMs) / 2);
}

/** With those accepted now, the newest last, and no more of them than a message should hold; none where there are none. */
export function withAccepted(
  before: AzureCancellations | undefined,
  ids: Iterable<string>,
  nowMs: number,
): AzureCancellations | undefined {
  const all = new Map(before ?? []);
  for (const id of ids) {
    all.delete(id);
    all.set(id, nowMs);
  }
  return all.size === 0 ? undefined : new Map([...all].slice(-MAX_AZURE_CANCELLATIONS));
}
