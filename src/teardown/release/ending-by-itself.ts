import type { Purchase } from '../inventory/purchase.ts';
import type { Call } from '../model/call.ts';
import { releaseOf } from './products/strategies.ts';
import { isUnknown, tooLate } from './unreleasable.ts';

/**
 * The calls that let trials end by themselves: with auto-renew, a trial becomes a subscription of a year. None where
 * something else keeps the customer for longer.
 *
 * @param judged purchases whose product the settled lists show, or do not know
 */
export function endingByItself(
  open: readonly Purchase[],
  judged: readonly Purchase[],
  startedMs: number,
): readonly Call[] {
  const isHopeless = (each: Purchase) =>
    releaseOf(each).unreleasable === 'savings-plan' || tooLate([each], startedMs) !== undefined;
  if (open.some(isHopeless) || judged.some(isUnknown)) return [];
  return open.flatMap((purchase) =>
    releaseOf(purchase).unreleasable === 'trial' && purchase.subscription?.autoRenewEnabled
      ? [{ kind: 'turn-off-auto-renew', subscription: purchase.subscription } as const]
      : [],
  );
}
