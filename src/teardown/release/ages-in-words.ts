import type { PurchaseAge } from '../model/partner-center-error.ts';

/**
 * For each purchase of a known age a message: when it was bought, and until when it could be cancelled. A time to come is
 * not told: it was refused before.
 */
export function agesInWords(ages: readonly PurchaseAge[], nowMs: number): readonly string[] {
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

/** To the minute: some windows are hours long. */
function momentOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
