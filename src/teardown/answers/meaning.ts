import type { Operation } from '../refusal.ts';

/** Why a teardown ended with `parked`; each is a person's case. */
export type ParkReason =
  | 'unauthorized'
  | 'not-a-sandbox'
  | 'cannot-cancel'
  | 'unknown-product'
  | 'pending-operation'
  | 'deadline'
  | 'too-many-looks'
  | 'dead-lettered'
  | 'unexpected';

/** What an answer means for the teardown. */
export type Meaning =
  /** It will pass: schedule the next look, after `Retry-After` where one was given. */
  | { readonly kind: 'look-again' }
  /** The customer is not there (any more). */
  | { readonly kind: 'customer-gone' }
  /** This order can only be released through its subscriptions. */
  | { readonly kind: 'use-subscriptions' }
  /** What was to be cancelled already is. */
  | { readonly kind: 'already-released' }
  /** These credentials may not ask this, and the teardown can do without. */
  | { readonly kind: 'go-on-without' }
  | {
      readonly kind: 'park';
      readonly reason: ParkReason;
      readonly nextStep: string;
      /** Not before the lists show all there is: what is listed late may be the cause, and end it. */
      readonly onceSettled?: true;
    };

/** One row of the answer table: the first row that matches an answer gives its meaning. */
export interface AnswerRow {
  readonly name: string;
  /** HTTP statuses; 0 means that no answer came. */
  readonly statuses: readonly number[] | ((status: number) => boolean);
  /** The service's codes; absent: any code, or none. */
  readonly codes?: readonly string[];
  /** The calls it applies to; absent: every call. */
  readonly operations?: readonly Operation[];
  /** What the description must say; absent: anything. */
  readonly description?: RegExp;
  /** Only if the service itself said so, not a gateway before it: with a code, or with no body at all. */
  readonly byService?: true;
  /** Only where the answer was not what was asked for, though its status is good. */
  readonly unreadable?: true;
  readonly meaning: Meaning;
}
