import type { PurchaseAge } from '../model/partner-center-error.ts';

/**
 * A message for each purchase of known age: when it was bought, and until when it could be cancelled. A deadline in the
 * future is left out, because the cancellation was refused already.
 */
export function describeAges(ages: readonly PurchaseAge[], nowMs: number): readonly string[] {
  return ages.flatMap(({ name, boughtMs, cancellableUntilMs }) => {
    const facts = [
      ...(boughtMs === undefined ? [] : [`was bought on ${momentOf(boughtMs)}`]),
      ...(cancellableUntilMs === undefined || cancellableUntilMs > nowMs
        ? []
        : [`could be cancelled until ${momentOf(cancellableUntilMs)}`]),
    ];
    return facts.length === 0 ? [] : [`${name} ${facts.join(' and ')}.`];
  });
}

/** To the minute, because some windows are only hours long. */
function momentOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
