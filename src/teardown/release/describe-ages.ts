import type { PurchaseAge } from '../model/partner-center-error.ts';

/**
 * A message for each purchase of known age: when it was bought, and until when it could be cancelled. A deadline in the
 * future is left out, because the cancellation was refused already.
 */
export function describeAges(ages: readonly PurchaseAge[], nowMs: number): readonly string[] {
  return ages.flatMap(({ name, boughtMs, cancellableUntilMs, publishedUntilMs }) => {
    const untilMs = [cancellableUntilMs, publishedUntilMs].find((each) => isPast(each, nowMs));
    const facts = [
      ...(boughtMs === undefined ? [] : [`was bought on ${momentOf(boughtMs)}`]),
      ...(untilMs === undefined ? [] : [`could be cancelled until ${momentOf(untilMs)}`]),
    ];
    return facts.length === 0 ? [] : [`${name} ${facts.join(' and ')}.`];
  });
}

function isPast(ms: number | undefined, nowMs: number): boolean {
  return ms !== undefined && ms <= nowMs;
}

/** To the minute, because some windows are only hours long. */
function momentOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
