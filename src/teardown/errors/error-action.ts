import type { Operation } from '../model/partner-center-error.ts';
import type { Advice } from '../model/reasons.ts';

/** How long to wait for the next check at least: as long as the teardown is old already, within these two. */
export interface Wait {
  readonly minMs: number;
  readonly maxMs: number;
}

/** It will pass: schedule the next check, after `Retry-After` where one was given. */
export interface Requeue {
  readonly kind: 'requeue';
  /** The answer itself names no time, but what it means does. */
  readonly wait?: Wait;
  /** What to say where it has not passed when the teardown's time is used up; absent: `deadline`. */
  readonly inTheEnd?: Advice;
}

export interface Park extends Advice {
  readonly kind: 'park';
  /** Not before the lists show all there is: what is listed late may be the cause, and end it. */
  readonly onceSettled?: true;
  /**
   * The same answer may mean that the customer is gone: it parks only where reading the customer says that it is there.
   */
  readonly unlessGone?: true;
  /** It is about how old the purchase is: say when it was bought, where that is known. */
  readonly isAboutAge?: true;
}

/** What an answer means for the teardown. */
export type ErrorAction =
  | Requeue
  | Park
  /** The customer is not there (any more). */
  | { readonly kind: 'customer-gone' }
  /** This order can only be released through its subscriptions; parked where it has none. */
  | { readonly kind: 'use-subscriptions'; readonly otherwise: Park }
  /** This subscription can only be released through its order; parked where none is known. */
  | { readonly kind: 'use-order'; readonly otherwise: Park }
  /** The subscription has to be activated, then ended. */
  | { readonly kind: 'activate-first' }
  /** What was to be cancelled already is. */
  | { readonly kind: 'already-released' }
  /** The subscription is suspended: released where that was asked for, else parked. */
  | { readonly kind: 'already-suspended'; readonly otherwise: Park }
  /** These credentials may not ask this, and the teardown can do without. */
  | { readonly kind: 'go-on-without' };

/** One row of the answer table: the first row that matches an answer gives its meaning. */
export interface ErrorRow {
  readonly name: string;
  /** HTTP statuses; 0 means that no answer came. */
  readonly statuses: readonly number[] | ((status: number) => boolean);
  /** The service's codes; absent: any code, or none. */
  readonly codes?: readonly string[];
  /** Only where the service gives no code. */
  readonly withoutCode?: true;
  /** The calls it applies to; absent: every call. */
  readonly operations?: readonly Operation[];
  /** What the description must say, contractions spelt out; a code that any row names says more than words. */
  readonly description?: RegExp;
  /** Only if the service itself said so, not a gateway before it: with a code, or with no body at all. */
  readonly byService?: true;
  /** Only where the answer was not what was asked for, though its status is good. */
  readonly unreadable?: true;
  readonly meaning: ErrorAction;
}
