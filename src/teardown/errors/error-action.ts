import type { Operation } from '../model/partner-center-error.ts';
import type { Advice } from '../model/reasons.ts';

/** The minimum wait for the next check: the teardown's age, within these bounds. */
export interface Wait {
  readonly minMs: number;
  readonly maxMs: number;
}

/** A transient error: schedule the next check, after `Retry-After` if it was given. */
export interface Requeue {
  readonly kind: 'requeue';
  /** A wait that follows from the meaning of the answer, not from a header. */
  readonly wait?: Wait;
  /** The advice if the error lasts until the teardown's time is used up; absent: `deadline`. */
  readonly finalAdvice?: Advice;
}

export interface Park extends Advice {
  readonly kind: 'park';
  /** Park only once the lists have settled: something that is listed late may be the cause, and resolve it. */
  readonly onceSettled?: true;
  /** The same answer may mean that the customer is gone: park only if the customer can still be read. */
  readonly unlessGone?: true;
  /** The cause is the age of the purchase: say when it was bought, if that is known. */
  readonly isAboutAge?: true;
}

/** What to do about an error response. */
export type ErrorAction =
  | Requeue
  | Park
  /** The customer does not exist (any more). */
  | { readonly kind: 'customer-gone' }
  /** This order can only be released through its subscriptions; parked where it has none. */
  | { readonly kind: 'use-subscriptions'; readonly otherwise: Park }
  /** This subscription can only be released through its order; parked where none is known. */
  | { readonly kind: 'use-order'; readonly otherwise: Park }
  /** The subscription has to be activated, then ended. */
  | { readonly kind: 'activate-first' }
  /** It is cancelled already. */
  | { readonly kind: 'already-released' }
  /** The subscription is suspended already: released if that was the goal, otherwise parked. */
  | { readonly kind: 'already-suspended'; readonly otherwise: Park }
  /** This list cannot be read, or does not exist, and the teardown can do without it. */
  | { readonly kind: 'go-on-without' };

/** One row of the error table: the first row that matches an error response decides. */
export interface ErrorRow {
  readonly name: string;
  /** HTTP statuses; 0 where no answer came. */
  readonly statuses: readonly number[] | ((status: number) => boolean);
  /** The service's codes; absent: any code, or none. */
  readonly codes?: readonly string[];
  /** Only for an answer without a code. */
  readonly withoutCode?: true;
  /** The calls it applies to; absent: every call. */
  readonly operations?: readonly Operation[];
  /**
   * Must match the description, with contractions spelt out. Ignored where the answer has a code that any row names.
   */
  readonly description?: RegExp;
  /** Only for an answer of the service itself, not of a gateway: with a code, or without a body. */
  readonly byService?: true;
  /** Only for an unreadable answer with a successful status. */
  readonly unreadable?: true;
  readonly action: ErrorAction;
}
