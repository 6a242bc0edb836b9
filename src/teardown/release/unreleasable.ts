import type { Purchase } from '../inventory/purchase.ts';
import type { Parked } from '../model/outcome.ts';
import { adviceFor, type ParkReason } from '../model/reasons.ts';
import { describeAges } from './describe-ages.ts';
import { releaseOf } from './products/strategies.ts';
import type { Unreleasable } from './products/strategy.ts';
import { ageOf, dayOf, nameOf, namesOf, orderIdsOf } from './purchase-names.ts';

/** An unknown product, as far as the lists show by now. */
export function isUnknown(purchase: Purchase): boolean {
  const { steps, unreleasable } = releaseOf(purchase);
  return steps.length === 0 && unreleasable === undefined;
}

/** A product that no call releases, and that is known for certain, because its subscription is listed. */
export function isUnreleasable(purchase: Purchase): boolean {
  return purchase.subscription !== undefined && releaseOf(purchase).unreleasable !== undefined;
}

/** The outcome for known products that no call can release. It names all of them. */
export function unreleasable(purchases: readonly Purchase[]): Parked | undefined {
  const outcomes = REASONS_IN_ORDER.flatMap((reason) => {
    const same = purchases.filter((each) => releaseOf(each).unreleasable === reason);
    if (same.length === 0) return [];
    return [parked(reason, `${WORDS[reason]}: ${same.map(nameWithEnd).join('; ')}.`, same)];
  });
  return mergeParked(outcomes);
}

/** Merges outcomes: the first one's next step, and all explanations. */
export function mergeParked(outcomes: readonly Parked[]): Parked | undefined {
  const [first] = outcomes;
  return first === undefined
    ? undefined
    : {
        ...first,
        explanation: outcomes.map(({ explanation }) => explanation).join(' '),
        orderIds: [...new Set(outcomes.flatMap(({ orderIds = [] }) => orderIds))],
      };
}

/** A savings plan comes first: it needs a person, while a trial ends by itself. */
const REASONS_IN_ORDER: readonly Unreleasable[] = ['savings-plan', 'trial'];

const WORDS: Readonly<Record<Unreleasable, string>> = {
  'savings-plan': 'No call cancels a savings plan, so nothing was cancelled',
  trial: 'No call cancels or suspends a new-commerce trial, so nothing was cancelled',
};

function nameWithEnd(purchase: Purchase): string {
  const { endsMs } = releaseOf(purchase);
  return `${nameOf(purchase)}${endsMs === undefined ? '' : `, which ends on ${dayOf(endsMs)}`}`;
}

/** The outcome for unknown products. */
export function unknown(purchases: readonly Purchase[]): Parked | undefined {
  if (purchases.length === 0) return undefined;
  return parked(
    'unknown-product',
    `This app does not know how to cancel ${namesOf(purchases).join('; ')}.`,
    purchases,
  );
}

/** The outcome where it was too late at `atMs` to cancel one of these, by its age or by what the service says. */
export function tooLate(purchases: readonly Purchase[], atMs: number): Parked | undefined {
  const late = purchases.filter((purchase) => {
    const { cancellableUntilMs } = releaseOf(purchase);
    return cancellableUntilMs !== undefined && cancellableUntilMs < atMs;
  });
  if (late.length === 0) return undefined;
  const each = describeAges(late.map(ageOf), atMs);
  const explanation = ['It is too late to cancel a purchase.', ...new Set(each)].join(' ');
  return parked('cannot-cancel', explanation, late);
}

function parked(reason: ParkReason, explanation: string, purchases: readonly Purchase[]): Parked {
  const orderIds = orderIdsOf(purchases);
  return { kind: 'parked', ...adviceFor(reason), explanation, orderIds };
}
