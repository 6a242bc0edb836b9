import type { PurchaseSpec, SandboxSettings } from 'partner-center-sandbox/core';
import { type Age, type Fate, fine, foretold, stuck } from './fate.ts';

const DAY_MS = 24 * 3_600_000;
const cannotCancel = 'parked/cannot-cancel';

/** Whether it is too late to cancel: by sixty days, or by the windows of the product, shown in advance or not. */
export function windowFate(spec: PurchaseSpec, age: Age): Fate {
  const boughtDays = (spec.ageDays ?? 1) + age.sinceMs / DAY_MS;
  const termDays = daysOfTerm(spec, boughtDays, age);
  const { settings } = age;
  switch (spec.kind) {
    case 'reservation':
      return boughtDays > 60 ? foretold(cannotCancel) : fine;
    case 'perpetual-software':
      if (boughtDays > 60) return foretold(cannotCancel);
      return settings.softwareWindows !== 'none' && boughtDays > 30 ? stuck(cannotCancel) : fine;
    case 'software-subscription':
      return ofSubscription(
        termDays > 7,
        settings.softwareWindows !== 'none',
        boughtDays,
        settings,
      );
    case 'new-commerce':
      return ofSubscription(termDays > 7, settings.newCommerceWindowMs > 0, boughtDays, settings);
    case 'saas': {
      const days = (spec.term ?? 'P1M') === 'P1M' ? 1 : 14;
      const enforced = settings.marketplaceWindows !== 'none';
      return ofSubscription(termDays > days, enforced, boughtDays, settings);
    }
    default:
      // Suspending has no window.
      return fine;
  }
}

/** Articles new-commerce-cancellation-policy and csp-software-subscriptions: the days that production has. */
function ofSubscription(
  isPast: boolean,
  isEnforced: boolean,
  boughtDays: number,
  { cancellationDates, sixtyDays }: SandboxSettings,
): Fate {
  const isStated =
    cancellationDates === 'as-in-production' || (cancellationDates === 'as-enforced' && isEnforced);
  if (isPast && isStated) return foretold(cannotCancel);
  const bySixtyDays = sixtyDays === 'everything-cancelled' && boughtDays > 60;
  return (isPast && isEnforced) || bySixtyDays ? stuck(cannotCancel) : fine;
}

/** Since the last renewal, or the purchase. */
function daysOfTerm(
  { term, kind, termEndsInMs, autoRenew = true }: PurchaseSpec,
  boughtDays: number,
  { settings, sinceMs }: Age,
): number {
  if (termEndsInMs === 0) {
    return autoRenew && sinceMs >= settings.renewalTakesMs ? sinceMs / DAY_MS : boughtDays;
  }
  const usual = kind === 'saas' ? 'P1M' : 'P1Y';
  return (term ?? usual) === 'P1M' ? boughtDays % 30 : boughtDays;
}
