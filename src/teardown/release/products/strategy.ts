import type { Purchase } from '../../inventory/purchase.ts';
import type { Call } from '../../model/call.ts';

/** Calls that may be made together; the next step must wait until a later check shows their effect. */
export type Step = readonly Call[];

/** How likely the service is to refuse a call for good while the product's window is open, the most likely first. */
export type Risk = 'certain-window' | 'possible-window' | 'by-order' | 'never-late';

/** Known products that no call of this app can release. */
export type Unreleasable = 'savings-plan' | 'trial';

/** How one purchase is released. */
export interface Release {
  /** The product type, for people. */
  readonly product: string;
  /** The calls to make; without any step, no call releases this. */
  readonly steps: readonly Step[];
  readonly risk: Risk;
  /** Whether it no longer blocks the deletion, by the rule of this product. */
  readonly isReleased: boolean;
  /** Until when the calls are accepted, in milliseconds since the epoch; absent where only an answer shows it. */
  readonly cancellableUntilMs?: number;
  /** The end of the window in the articles, for the order of calls and for explanations: it decides nothing. */
  readonly publishedUntilMs?: number;
  /** Until when it can be cancelled, or is refunded, in the service's own words: for the order of calls only. */
  readonly toldUntilMs?: number;
  /** When it ends by itself, in milliseconds since the epoch. */
  readonly endsMs?: number;
  /** The calls to make instead after that moment. */
  readonly otherSteps?: { readonly afterMs: number; readonly steps: readonly Step[] };
  readonly unreleasable?: Unreleasable;
  /**
   * The product is inferred from what the lists do not show: a recent purchase may be a subscription that is listed
   * late.
   */
  readonly isAssumed?: true;
  /** It is, or may be, an Azure reservation: Azure plans must wait for its end. */
  readonly mayBeReservation?: true;
  /** Its last step waits until the customer has no reservation left. */
  readonly afterReservations?: true;
}

/** How purchases of one product type are released; undefined for a purchase of any other type. */
export type ReleaseStrategy = (purchase: Purchase) => Release | undefined;
