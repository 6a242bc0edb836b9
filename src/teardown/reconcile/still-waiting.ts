import { idKey } from '../inventory/id-key.ts';
import {
  azurePlanState,
  isUnchanged,
  orderState,
  subscriptionState,
} from '../inventory/wait-states.ts';
import type { Check } from '../model/check.ts';
import type { PartnerCenterReader } from '../model/partner-center.ts';
import { asPartnerCenterError, isAboutTheRequest } from '../model/partner-center-error.ts';
import { MAX_UNREAD_MS, type Wait } from '../model/wait.ts';

/** Waits that one list answers. */
type Group = readonly [Wait, ...Wait[]];

/**
 * Asks for one thing that a teardown waits for, in one request, and says what is left to wait for; where that is over
 * already, for the next thing as well. Undefined where everything is to be read: something has changed that brings the
 * next call, nothing is left, or it is time to.
 *
 * @throws PartnerCenterError where the request fails for another reason than what it asks for
 */
export async function stillWaitingFor(
  check: Check,
  reader: PartnerCenterReader,
  nowMs: number,
): Promise<readonly Wait[] | undefined> {
  const { waitsFor = [], readAllAt, request, delays = 0 } = check;
  if (readAllAt === undefined || isTimeToReadAll(Date.parse(readAllAt), nowMs)) return undefined;
  let left = waitsFor;
  // Each time round a whole group is over.
  for (;;) {
    const group = groupInTurn(left, delays);
    if (group === undefined) return undefined;
    const states = await statesIfReadable(group, reader, request.customerTenantId);
    if (states === undefined) return undefined;
    const changed = new Set(
      group.filter((each) => !isUnchanged(each.state, states.get(idKey(each.id)))),
    );
    if ([...changed].some(({ hasNextCall }) => hasNextCall)) return undefined;
    left = left.filter((each) => !changed.has(each));
    if (changed.size < group.length) return left;
  }
}

/** No check of ours waits for longer; one that does was forged, or comes from a clock that was wrong. */
function isTimeToReadAll(readAllAtMs: number, nowMs: number): boolean {
  return nowMs >= readAllAtMs || readAllAtMs > nowMs + MAX_UNREAD_MS;
}

/** What brings a next call comes first, by turns; what only has to end comes last, so that it holds nothing back. */
function groupInTurn(waits: readonly Wait[], turn: number): Group | undefined {
  const groups = [
    ...Map.groupBy(waits, ({ kind, id }) => (kind === 'azure-plan' ? id : kind)).values(),
  ];
  const next = groups.filter((group) => group.some(({ hasNextCall }) => hasNextCall));
  const due = next.length > 0 ? next : groups;
  const [first, ...rest] = due[turn % due.length] ?? [];
  return first && [first, ...rest];
}

/** Undefined where the question itself is refused: what was asked for may be gone, and everything is read. */
async function statesIfReadable(...question: Parameters<typeof statesOf>) {
  try {
    return await statesOf(...question);
  } catch (error) {
    if (isAboutTheRequest(asPartnerCenterError(error).response)) return undefined;
    throw error;
  }
}

async function statesOf(
  [{ kind, id }]: Group,
  reader: PartnerCenterReader,
  customerId: string,
): Promise<ReadonlyMap<string | undefined, string | undefined>> {
  switch (kind) {
    case 'azure-plan': {
      const state = azurePlanState(await reader.listAzureEntitlements(customerId, id));
      return new Map([[idKey(id), state]]);
    }
    case 'subscription': {
      const subscriptions = await reader.listSubscriptions(customerId);
      return new Map(subscriptions.map((each) => [idKey(each.id), subscriptionState(each)]));
    }
    case 'order': {
      const orders = await reader.listOrders(customerId);
      return new Map(orders.map((each) => [idKey(each.id), orderState(each)]));
    }
  }
}
