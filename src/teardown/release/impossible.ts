import type { ParkReason } from '../answers/meaning.ts';
import type { Parked } from '../outcome.ts';
import { datesOf, dayOf, nameOf, namesOf, orderIdsOf } from './purchase-names.ts';
import { releaseOf } from './strategies.ts';
import type { Purchase, Unreleasable } from './strategy.ts';

/** A product that nobody has described, as far as the lists tell by now. */
export function isUnknown(purchase: Purchase): boolean {
  const { steps, unreleasable } = releaseOf(purchase);
  return steps.length === 0 && unreleasable === undefined;
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
  const { explanation, nextStep } = WORDS[reason];
  return parked(reason, `${explanation} ${same.map(nameWithEnd).join('; ')}.`, same, nextStep);
}

const WORDS: Readonly<Record<Unreleasable, { explanation: string; nextStep: string }>> = {
  'savings-plan': {
    explanation:
      'A savings plan cannot be cancelled through Partner Center, so nothing was cancelled:',
    nextStep:
      'Manage the savings plan in the Azure portal, or wait until its term ends, then request the teardown again.',
  },
  trial: {
    explanation:
      'A new-commerce trial can be neither cancelled nor suspended, so nothing was cancelled:',
    nextStep:
      'See in Partner Center that auto-renew is off for the trial, wait until it has ended, then request the teardown again.',
  },
};

function nameWithEnd(purchase: Purchase): string {
  const { endsMs } = purchase.subscription ?? {};
  return `${nameOf(purchase)}${endsMs === undefined ? '' : `, which ends on ${dayOf(endsMs)}`}`;
}

/** The outcome where nobody has described how to release these products. */
export function unknown(purchases: readonly Purchase[]): Parked | undefined {
  if (purchases.length === 0) return undefined;
  return parked(
    'unknown-product',
    `Nobody has described how to cancel ${namesOf(purchases).join('; ')}.`,
    purchases,
    'Cancel this purchase by hand in Partner Center, report its product type, then request the teardown again.',
  );
}

/** The outcome where it was too late to cancel one of these at `atMs`, as its age or the service's own word says. */
export function tooLate(purchases: readonly Purchase[], atMs: number): Parked | undefined {
  const late = purchases.filter((purchase) => {
    const { cancellableUntilMs, stepsWhenTooLate } = releaseOf(purchase);
    return (
      cancellableUntilMs !== undefined &&
      cancellableUntilMs <= atMs &&
      stepsWhenTooLate === undefined
    );
  });
  if (late.length === 0) return undefined;
  const each = late.map((purchase) => `${nameOf(purchase)}, ${datesOf(purchase)}`);
  return parked(
    'cannot-cancel',
    `It is too late to cancel ${[...new Set(each)].join('; ')}.`,
    late,
    'Ask Partner Center support to cancel these orders, then request the teardown again.',
  );
}

function parked(
  reason: ParkReason,
  explanation: string,
  purchases: readonly Purchase[],
  nextStep: string,
): Parked {
  return { kind: 'parked', reason, explanation, orderIds: orderIdsOf(purchases), nextStep };
}
