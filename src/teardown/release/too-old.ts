import type { Purchase } from './strategy.ts';

/** Source: "Cancel an order from the integration sandbox", learn.microsoft.com/partner-center/developer. */
export const CANCELLABLE_FOR_MS = 60 * 24 * 60 * 60 * 1000;

/**
 * The moment since which a purchase cannot be cancelled by the API any more, in milliseconds since the
 * epoch; undefined while it still can, or where its age is not known (then the service's answer decides).
 */
export function tooOldSinceMs(purchase: Purchase, nowMs: number): number | undefined {
  const { order, subscription } = purchase;
  const createdMs = order?.createdMs ?? subscription?.createdMs ?? Number.POSITIVE_INFINITY;
  const sinceMs = createdMs + CANCELLABLE_FOR_MS;
  return nowMs >= sinceMs ? sinceMs : undefined;
}
