import { redact } from '../../redaction/redact.ts';
import { parentIdOf, subscriptionIdOf } from '../inventory/add-ons.ts';
import { LISTING_LAG_MS } from '../inventory/listing-lag.ts';
import type { Purchase } from '../inventory/purchase.ts';
import { azurePlanState, orderState, subscriptionState } from '../inventory/wait-states.ts';
import { type AcceptedCalls, acceptedTimesOf, repeatDueMs } from '../model/accepted-calls.ts';
import { MAX_UNREAD_MS, MAX_WAITS, type Wait } from '../model/wait.ts';
import { releaseOf } from './products/strategies.ts';
import { holdsBack } from './riskiest-first.ts';

/** What later checks ask for, and until when they ask for no more. */
export interface Waiting {
  readonly waitsFor: readonly Wait[];
  readonly readAllAtMs: number;
}

interface Times {
  readonly startedMs: number;
  readonly nowMs: number;
}

/**
 * What a teardown waits for once all that can be done now is done: a later check asks for one of these alone, until
 * that reads otherwise. Undefined where only a full reading shows it.
 *
 * @param awaited what was called for, or is pending: what is blocked by others waits through them
 * @param open all that still stands
 */
export function waitsFor(
  awaited: readonly Purchase[],
  open: readonly Purchase[],
  accepted: AcceptedCalls | undefined,
  times: Times,
): Waiting | undefined {
  const waits = new Map<string, Wait>();
  const blocksOthers = blockersAmong(open);
  for (const purchase of awaited) {
    const own = waitsOf(purchase);
    if (own.length === 0) return undefined;
    const isNext = own.length > 1 || blocksOthers(purchase) || holdsBack(purchase, times.nowMs);
    for (const wait of own) {
      if (redact(wait.id) !== wait.id) return undefined;
      const isAccepted = acceptedTimesOf(wait.id, accepted).length > 0;
      const key = `${wait.kind} ${wait.id}`;
      const hasNextCall = isNext || !isAccepted || waits.get(key)?.hasNextCall;
      waits.set(key, { ...wait, ...(hasNextCall && { hasNextCall }) });
    }
  }
  if (waits.size === 0 || waits.size > MAX_WAITS) return undefined;
  return {
    waitsFor: [...waits.values()],
    readAllAtMs: readAllAtMs(repeatsDueMs(awaited, accepted, times), times),
  };
}

/** What shows that a purchase has changed; where that may be one of two, each brings the next call. */
function waitsOf(purchase: Purchase): readonly Wait[] {
  const { order, line, subscription, azureEntitlements } = purchase;
  const ofOrder: readonly Wait[] =
    order === undefined ? [] : [{ kind: 'order', id: order.id, state: orderState(order) }];
  // A line whose subscription is not listed yet may show as anything.
  if (subscription === undefined) return line?.subscriptionId === undefined ? ofOrder : [];
  const { id, status } = subscription;
  const azureState = azurePlanState(azureEntitlements);
  return [
    ...(order?.status === 'pending' || isEndedByOrder(purchase) ? ofOrder : []),
    ...(azureState === undefined ? [] : [{ kind: 'azure-plan' as const, id, state: azureState }]),
    ...(azureState === undefined || status === 'pending'
      ? [{ kind: 'subscription' as const, id, state: subscriptionState(subscription) }]
      : []),
  ];
}

function isEndedByOrder(purchase: Purchase): boolean {
  const [first = []] = releaseOf(purchase).steps;
  return first.some(({ kind }) => kind === 'cancel-order');
}

/** Tests whether another purchase waits for the end of this one: an add-on's, or a reservation's beside an Azure plan. */
function blockersAmong(open: readonly Purchase[]): (purchase: Purchase) => boolean {
  const ids = new Set(open.map(subscriptionIdOf));
  const hasPlan = open.some((each) => releaseOf(each).afterReservations);
  return (purchase) => {
    const parentId = parentIdOf(purchase);
    const isAddOn = parentId !== undefined && ids.has(parentId);
    return isAddOn || (hasPlan && releaseOf(purchase).mayBeReservation === true);
  };
}

/** When accepted calls are to be made again; what is pending has none to make. */
function repeatsDueMs(
  awaited: readonly Purchase[],
  accepted: AcceptedCalls | undefined,
  { startedMs }: Times,
): readonly number[] {
  const ids = awaited.flatMap(({ order, subscription, azureEntitlements }) =>
    order?.status === 'pending' || subscription?.status === 'pending'
      ? []
      : [order?.id, subscription?.id, ...azureEntitlements.map(({ id }) => id)],
  );
  return ids.flatMap((id) =>
    acceptedTimesOf(id, accepted).map((atMs) => repeatDueMs(atMs, startedMs)),
  );
}

/** When a call is to be repeated, when the lists have settled, and after half an hour in any case. */
function readAllAtMs(dueTimesMs: readonly number[], { startedMs, nowMs }: Times): number {
  const settledMs = startedMs + LISTING_LAG_MS;
  return Math.min(nowMs + MAX_UNREAD_MS, ...dueTimesMs, ...(settledMs > nowMs ? [settledMs] : []));
}
