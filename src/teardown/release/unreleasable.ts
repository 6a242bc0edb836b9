import type { Purchase } from '../inventory/purchase.ts';
import type { Parked } from '../model/outcome.ts';
import { adviceFor, type ParkReason } from '../model/reasons.ts';
import { agesInWords } from './ages-in-words.ts';
import { releaseOf } from './products/strategies.ts';
import type { Unreleasable } from './products/strategy.ts';
import { ageOf, dayOf, nameOf, namesOf, orderIdsOf } from './purchase-names.ts';

/** No call releases it, as far as the lists tell by now: nobody has described its product, or its name says so. */
export function hasNoCalls(purchase: Purchase): boolean {
  return releaseOf(purchase).steps.length === 0;
}

/** A product whose name says that no call releases it, and that is known for certain: its subscription is listed. */
export function isUnreleasable(purchase: Purchase): boolean {
  return purchase.subscription !== undefined && releaseOf(purchase).unreleasable !== undefined;
}

/** The outcome where no call can ever release these products: they are known by name. */
export function unreleasable(purchases: readonly Purchase[]): Parked | undefined {
  const [first] = purchases;
  const reason = first && releaseOf(first).unreleasable;
  if (reason === undefined) return undefined;
  const same = purchases.filter((each) => releaseOf(each).unreleasable === reason);
  return parked(reason, `${WORDS[reason]}: ${same.map(nameWithEnd).join('; ')}.`, same);
}

const WORDS: Readonly<Record<Unreleasable, string>> = {
  'savings-plan': 'No call cancels a savings plan, so nothing was cancelled',
  trial: 'No call cancels or suspends a new-commerce trial, so nothing was cancelled',
};

function nameWithEnd(purchase: Purchase): string {
  const { commitmentEndMs } = purchase.subscription ?? {};
  return `${nameOf(purchase)}${commitmentEndMs === undefined ? '' : `, which ends on ${dayOf(commitmentEndMs)}`}`;
}

/** The outcome where nobody has described how to release these products, and no name of theirs says that nothing does. */
export function unknown(purchases: readonly Purchase[]): Parked | undefined {
  if (purchases.length === 0) return undefined;
  return parked(
    'unknown-product',
    `Nobody has described how to cancel ${namesOf(purchases).join('; ')}.`,
    purchases,
  );
}

/** The outcome where it was too late to cancel one of these at `atMs`, as its age or the service's own word says. */
export function tooLate(purchases: readonly Purchase[], atMs: number): Parked | undefined {
  const late = purchases.filter((purchase) => {
    const { cancellableUntilMs } = releaseOf(purchase);
    return cancellableUntilMs !== undefined && cancellableUntilMs < atMs;
  });
  if (late.length === 0) return undefined;
  const each = agesInWords(late.map(ageOf));
  const explanation = ['It is too late to cancel a purchase.', ...new Set(each)].join(' ');
  return parked('cannot-cancel', explanation, late);
}

function parked(reason: ParkReason, explanation: string, purchases: readonly Purchase[]): Parked {
  const orderIds = orderIdsOf(purchases);
  return { kind: 'parked', ...adviceFor(reason), explanation, orderIds };
}
