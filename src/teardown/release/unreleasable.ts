import type { Purchase } from '../inventory/purchase.ts';
import type { Parked } from '../model/outcome.ts';
import { adviceFor, type ParkReason } from '../model/reasons.ts';
import { agesInWords } from './ages-in-words.ts';
import { releaseOf } from './products/strategies.ts';
import type { Unreleasable } from './products/strategy.ts';
import { ageOf, dayOf, nameOf, namesOf, orderIdsOf } from './purchase-names.ts';

/** A product that nobody has described, as far as the lists tell by now. */
export function isUnknown(purchase: Purchase): boolean {
  const { steps, unreleasable } = releaseOf(purchase);
  return steps.length === 0 && unreleasable === undefined;
}

/** A product whose name says that no call releases it, and that is known for certain: its subscription is listed. */
export function isUnreleasable(purchase: Purchase): boolean {
  return purchase.subscription !== undefined && releaseOf(purchase).unreleasable !== undefined;
}

/** The outcome where no call can ever release these products: they are known by name, and all are told. */
export function unreleasable(purchases: readonly Purchase[]): Parked | undefined {
  const told = REASONS_IN_ORDER.flatMap((reason) => {
    const same = purchases.filter((each) => releaseOf(each).unreleasable === reason);
    if (same.length === 0) return [];
    return [parked(reason, `${WORDS[reason]}: ${same.map(nameWithEnd).join('; ')}.`, same)];
  });
  return together(told);
}

/** One outcome of several: the first says what a person does next, and each is told. */
export function together(told: readonly Parked[]): Parked | undefined {
  const [first] = told;
  return first === undefined
    ? undefined
    : {
        ...first,
        explanation: told.map(({ explanation }) => explanation).join(' '),
        orderIds: [...new Set(told.flatMap(({ orderIds = [] }) => orderIds))],
      };
}

/** A trial ends by itself; a savings plan takes a person. */
const REASONS_IN_ORDER: readonly Unreleasable[] = ['savings-plan', 'trial'];

const WORDS: Readonly<Record<Unreleasable, string>> = {
  'savings-plan': 'No call cancels a savings plan, so nothing was cancelled',
  trial: 'No call cancels or suspends a new-commerce trial, so nothing was cancelled',
};

function nameWithEnd(purchase: Purchase): string {
  const { endsMs } = releaseOf(purchase);
  return `${nameOf(purchase)}${endsMs === undefined ? '' : `, which ends on ${dayOf(endsMs)}`}`;
}

/** The outcome where nobody has described how to release these products. */
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
  const each = agesInWords(late.map(ageOf), atMs);
  const explanation = ['It is too late to cancel a purchase.', ...new Set(each)].join(' ');
  return parked('cannot-cancel', explanation, late);
}

function parked(reason: ParkReason, explanation: string, purchases: readonly Purchase[]): Parked {
  const orderIds = orderIdsOf(purchases);
  return { kind: 'parked', ...adviceFor(reason), explanation, orderIds };
}
