import type { Line, Order, Subscription } from './model.ts';
import type { SandboxSettings } from './settings.ts';

/** Until when something can be cancelled: articles new-commerce-cancellation-policy and csp-software-subscriptions. */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export interface CancellationWindow {
  readonly lastsMs: number;
  readonly unit: 'day' | 'hour';
}

const days = (count: number): CancellationWindow => ({ lastsMs: count * DAY_MS, unit: 'day' });

/** What holds outside the sandbox; "seven days of any term", from purchase or renewal. */
function windowInProduction({ kind, termDuration }: Subscription): CancellationWindow | undefined {
  if (kind === 'new-commerce' || kind === 'software-subscription') return days(7);
  if (kind !== 'saas') return undefined;
  return termDuration === 'P1M' ? { lastsMs: 24 * HOUR_MS, unit: 'hour' } : days(14);
}

/** What this sandbox enforces, by its settings. */
export function windowOf(
  subscription: Subscription,
  settings: SandboxSettings,
): CancellationWindow | undefined {
  switch (subscription.kind) {
    case 'new-commerce': {
      const { newCommerceWindowMs: lastsMs } = settings;
      return lastsMs === 0 ? undefined : { lastsMs, unit: 'day' };
    }
    case 'saas':
      return settings.marketplaceWindows === 'none' ? undefined : windowInProduction(subscription);
    case 'software-subscription':
      return settings.softwareWindows === 'none' ? undefined : windowInProduction(subscription);
    default:
      return undefined;
  }
}

/** Of a line of an order that is cancelled by order. */
export function orderWindowOf(
  { kind }: Line,
  { softwareWindows }: SandboxSettings,
): CancellationWindow | undefined {
  if (softwareWindows === 'none') return undefined;
  if (kind === 'perpetual-software') return days(30);
  return kind === 'software-subscription' ? days(7) : undefined;
}

/** From when its window counts. */
export const windowStartMs = ({ term, createdMs }: Subscription) => term?.startMs ?? createdMs;

export const orderIsPast = (
  { createdMs }: Order,
  { lastsMs }: CancellationWindow,
  nowMs: number,
): boolean => nowMs - createdMs > lastsMs;

/** The window that a subscription's fields show. */
export function shownWindow(
  subscription: Subscription,
  settings: SandboxSettings,
): CancellationWindow | undefined {
  if (subscription.trial || settings.cancellationDates === 'absent') return undefined;
  return settings.cancellationDates === 'as-in-production'
    ? windowInProduction(subscription)
    : windowOf(subscription, settings);
}
