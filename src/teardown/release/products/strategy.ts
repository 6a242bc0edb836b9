import type { Purchase } from '../../inventory/purchase.ts';
import type { Call } from '../../model/call.ts';

/** The calls of a step may go together; the next step must wait until a later check shows this one's effect. */
export type Step = readonly Call[];

/**
 * How likely the service is to refuse a call for good: the likeliest is made first, before anything is cancelled in
 * vain.
 */
export const RISKS = ['certain-window', 'possible-window', 'by-order', 'never-late'] as const;
export type Risk = (typeof RISKS)[number];

/** Why no call of ours can ever release a purchase whose product is known. */
export type Unreleasable = 'savings-plan' | 'trial';

/** How one purchase is released. */
export interface Release {
  /** The product type, for people. */
  readonly product: string;
  /** The calls still to make; no step at all: no call releases this. */
  readonly steps: readonly Step[];
  readonly risk: Risk;
  /** Does it no longer block deletion, by this product's own rule? */
  readonly isReleased: boolean;
  /**
   * The last moment at which the calls are accepted, in milliseconds since the epoch; absent where only an answer can
   * tell.
   */
  readonly cancellableUntilMs?: number;
  /** The end of the published window, where the service says nothing itself: told where it refuses, and never gone by. */
  readonly publishedUntilMs?: number;
  /** When it ends by itself, in milliseconds since the epoch. */
  readonly endsMs?: number;
  /** The calls to make instead after a moment. */
  readonly otherSteps?: { readonly afterMs: number; readonly steps: readonly Step[] };
  readonly unreleasable?: Unreleasable;
  /** Nothing says what it is but that no list shows more of it: a fresh one may be a subscription that is listed late. */
  readonly isAssumed?: true;
  /** It is, or may be, an Azure reservation: an Azure plan stands until it is gone. */
  readonly mayBeReservation?: true;
  /** Its last step waits until no reservation of the customer's is left. */
  readonly afterReservations?: true;
}

/** How purchases of one product type are released; undefined for a purchase of any other type. */
export type ReleaseStrategy = (purchase: Purchase) => Release | undefined;
