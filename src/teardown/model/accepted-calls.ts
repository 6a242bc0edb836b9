import { redact } from '../../redaction/redact.ts';
import type { Call } from './call.ts';
import { MAX_CLOCK_SKEW_MS } from './clock-skew.ts';

/** When calls were accepted whose effect may take a while, in ISO 8601, by the id of what they end. */
export type AcceptedCalls = Readonly<Record<string, string>>;

/**
 * "Expect about 10 mins for the status to be reflected"
 * (https://learn.microsoft.com/partner-center/developer/cancel-an-azure-subscription), with a margin.
 */
export const MIN_REPEAT_MS = 15 * 60 * 1000;

/** More than a sandbox's customer can hold. Beyond it the oldest are forgotten, and so repeated early. */
export const MAX_ACCEPTED_CALLS = 200;

/**
 * The id under which an accepted call is remembered. Every cancellation may take a while to show: about ten minutes for
 * an Azure subscription, some time after any 202
 * (https://learn.microsoft.com/partner-center/developer/update-a-subscription-by-id), and up to 15 minutes for software
 * (https://learn.microsoft.com/partner-center/csp-software-subscriptions).
 */
export function acceptedCallId(call: Call): string | undefined {
  const id = idOf(call);
  // An id that looks like a secret is kept out of messages, so its call is repeated.
  return id === undefined || redact(id) === id ? id : undefined;
}

/** When a call was accepted, in ISO 8601; undefined if it was not. */
export function acceptedAt(call: Call, accepted: AcceptedCalls | undefined): string | undefined {
  const id = idOf(call);
  const key = id?.toLowerCase();
  return Object.entries(accepted ?? {}).find(([name]) => name.toLowerCase() === key)?.[1];
}

/**
 * Whether a call is due. An accepted one without an effect may be lost, so it is repeated, but not before its effect
 * can show, and the less often the longer the teardown lasts.
 */
export function isDue(
  call: Call,
  accepted: AcceptedCalls | undefined,
  { startedMs, nowMs }: { readonly startedMs: number; readonly nowMs: number },
): boolean {
  const at = acceptedAt(call, accepted);
  const acceptedMs = [...(at === undefined ? [] : [Date.parse(at)]), ...byItsOrder(call, accepted)];
  return acceptedMs.every((atMs) => nowMs >= repeatDueMs(atMs, startedMs));
}

/** When the order of a software subscription was cancelled, which ends the subscription as well. */
function byItsOrder(call: Call, accepted: AcceptedCalls | undefined): readonly number[] {
  if (call.kind !== 'end-subscription' || call.subscription.productType !== 'software') return [];
  return acceptedTimesOf(call.subscription.orderId, accepted);
}

/** When a call that was accepted then is due again: after a time as long as the teardown had lasted, a quarter of an hour at least. */
export function repeatDueMs(acceptedMs: number, startedMs: number): number {
  return Math.max(acceptedMs + MIN_REPEAT_MS, 2 * acceptedMs - startedMs);
}

/** When calls were accepted that end this order, as a whole or some lines of it, or this subscription. */
export function acceptedTimesOf(
  id: string | undefined,
  accepted: AcceptedCalls = {},
): readonly number[] {
  const key = id?.toLowerCase();
  return Object.entries(accepted)
    .filter(([name]) => name.toLowerCase().split('#', 1)[0] === key)
    .map(([, at]) => Date.parse(at));
}

/**
 * Adds the calls that were accepted now, and keeps the newest, as many as a message should hold. Undefined if there are
 * none.
 */
export function withAccepted(
  before: AcceptedCalls | undefined,
  ids: Iterable<string | undefined>,
  nowMs: number,
): AcceptedCalls | undefined {
  const now = new Date(nowMs).toISOString();
  const all = new Map(Object.entries(before ?? {}));
  for (const id of ids) if (id !== undefined) all.set(id, now);
  const newest = [...all].toSorted(([, one], [, other]) => Date.parse(one) - Date.parse(other));
  return all.size === 0 ? undefined : Object.fromEntries(newest.slice(-MAX_ACCEPTED_CALLS));
}

/** The calls that can have been accepted within the teardown, as far as clocks agree; undefined if there are none. */
export function credibleCalls(
  accepted: AcceptedCalls,
  startedMs: number,
  nowMs: number,
): AcceptedCalls | undefined {
  const entries = Object.entries(accepted).filter(([, at]) => {
    const atMs = Date.parse(at);
    return atMs >= startedMs - MAX_CLOCK_SKEW_MS && atMs <= nowMs + MAX_CLOCK_SKEW_MS;
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** The id of what the call ends; undefined for calls that are not remembered. */
function idOf(call: Call): string | undefined {
  switch (call.kind) {
    case 'cancel-azure-entitlement':
      return call.entitlement.id;
    case 'cancel-order':
      return [call.orderId, ...(call.lines ?? []).map(({ lineItemNumber }) => lineItemNumber)].join(
        '#',
      );
    case 'end-subscription':
      return call.subscription.id;
    case 'activate-subscription':
      return `activation of ${call.subscription.id}`;
    default:
      return undefined;
  }
}
