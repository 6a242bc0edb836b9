/** The calls a teardown makes, named for the answer table and the log. */
export type Operation =
  | 'sign-in'
  | 'get-organization-profile'
  | 'list-customers'
  | 'get-customer'
  | 'list-entitlements'
  | 'list-orders'
  | 'list-subscriptions'
  | 'list-azure-entitlements'
  | 'cancel-order'
  | 'end-subscription'
  | 'turn-off-auto-renew'
  | 'activate-subscription'
  | 'cancel-azure-entitlement'
  | 'delete-customer';

/** A write that nobody answered: it may have happened. */
export interface Unanswered {
  /** Method and path. */
  readonly call: string;
  /** The MS-RequestId under which it was sent, by which the service knows it again. */
  readonly requestId: string;
}

/** What is known of a purchase's age, for a message about it. Times in milliseconds since the epoch. */
export interface PurchaseAge {
  /** The purchase in words, for people. */
  readonly name: string;
  readonly boughtMs?: number;
  /** Until when it could be cancelled, as the service said, or as is published. */
  readonly cancellableUntilMs?: number;
}

/** An answer that is not what was asked for. */
export interface ErrorResponse {
  readonly operation: Operation;
  /** The HTTP status; 0 when no answer came (network, time-out, dropped connection). */
  readonly status: number;
  /** The service's own code; absent in the gateway's shape and where there was no JSON. */
  readonly code?: string;
  /** One sentence: the service's description, or what was wrong with the answer. */
  readonly description: string;
  /** The beginning of the body, secrets taken out. */
  readonly body: string;
  readonly retryAfterMs?: number;
  /** Nobody was asked: the request would have been one too many in this minute. */
  readonly rateLimited?: true;
  /** It came with a 2xx, and is not what was asked for: cut short, empty, no JSON, or at odds with its own count. */
  readonly unreadable?: true;
  readonly requestId?: string;
  /** What is to be repeated under its own name; only for a write without an answer. */
  readonly unanswered?: Unanswered;
  /** The orders that the call was about. */
  readonly orderIds?: readonly string[];
  /** How old the purchases are that the call was about. */
  readonly ages?: readonly PurchaseAge[];
  /** What else is known of these purchases, in sentences. */
  readonly hints?: readonly string[];
  /** One of them waits for a person: it may be refused now and not later. */
  readonly isUnderReview?: true;
}

/** Partner Center said no, said nothing, or said something nobody can read. */
export class PartnerCenterError extends Error {
  override readonly name = 'PartnerCenterError';
  readonly response: ErrorResponse;

  constructor(response: ErrorResponse) {
    const code = response.code === undefined ? '' : `/${response.code}`;
    const status = response.status === 0 ? 'no answer' : `${response.status}${code}`;
    super(`Partner Center refused ${response.operation} (${status}): ${response.description}`);
    this.response = response;
  }
}

/**
 * What was thrown, where it is an error of Partner Center.
 *
 * @throws whatever else was thrown, as it is
 */
export function asPartnerCenterError(thrown: unknown): PartnerCenterError {
  if (thrown instanceof PartnerCenterError) return thrown;
  throw thrown;
}

/** It is this request that is refused: no time-out, not the throttle, and no trouble of the service's own. */
export function isAboutTheRequest({ status }: Pick<ErrorResponse, 'status'>): boolean {
  return status >= 400 && status <= 499 && status !== 408 && status !== 429;
}
