import type { Parked } from '../outcome.ts';
import { nameOf, namesOf, orderIdsOf } from './purchase-names.ts';
import { releaseOf } from './strategies.ts';
import type { Purchase } from './strategy.ts';
import { tooOldSinceMs } from './too-old.ts';

/**
 * The outcome where one of these purchases can never be released by any call: its product type is unknown, or
 * it is too old. The event says which orders, and since which day.
 */
export function impossible(toRelease: readonly Purchase[], nowMs: number): Parked | undefined {
  const unknown = toRelease.filter((purchase) => releaseOf(purchase).steps.length === 0);
  if (unknown.length > 0) {
    return {
      kind: 'parked',
      reason: 'unknown-product',
      explanation: `Nobody has described how to cancel ${namesOf(unknown).join('; ')}.`,
      orderIds: orderIdsOf(unknown),
      nextStep:
        'Cancel this purchase by hand in Partner Center, report its product type, then request the teardown again.',
    };
  }
  return tooOld(toRelease, nowMs);
}

/** The outcome where one of these purchases was made too long before `atMs`. */
export function tooOld(purchases: readonly Purchase[], atMs: number): Parked | undefined {
  const old = purchases.flatMap((purchase) => {
    const sinceMs = tooOldSinceMs(purchase, atMs);
    return sinceMs === undefined ? [] : [{ purchase, sinceMs }];
  });
  if (old.length === 0) return undefined;
  const each = old.map(({ purchase, sinceMs }) => `${nameOf(purchase)} since ${dayOf(sinceMs)}`);
  const list = [...new Set(each)];
  return {
    kind: 'parked',
    reason: 'cannot-cancel',
    explanation: `Sandbox orders older than 60 days cannot be cancelled: ${list.join('; ')}.`,
    orderIds: orderIdsOf(old.map(({ purchase }) => purchase)),
    nextStep: 'Ask Partner Center support to cancel these orders, then request the teardown again.',
  };
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
