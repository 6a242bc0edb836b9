/** The calls of a teardown, as the error table and the log name them. */
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

/** A write without an answer: it may have happened. */
export interface Unanswered {
  /** Method and path. */
  readonly call: string;
  /** The MS-RequestId under which it was sent, by which the service recognises it. */
  readonly requestId: string;
}

/** What is known of a purchase's age, for messages. Times in milliseconds since the epoch. */
export interface PurchaseAge {
  /** The purchase in words, for people. */
  readonly name: string;
  readonly boughtMs?: number;
  /** Until when it could be cancelled, as the service said, or by the sixty days of a sandbox's orders. */
  readonly cancellableUntilMs?: number;
  /** Until when by the published window of its product, which a sandbox may enforce as well. */
  readonly publishedUntilMs?: number;
}

/** An answer that is an error, or no answer at all. */
export interface ErrorResponse {
  readonly operation: Operation;
  /** The HTTP status; 0 when no answer came (network, time-out, dropped connection). */
  readonly status: number;
  /** The service's own code; absent in errors of the gateway, and where the body is not JSON. */
  readonly code?: string;
  /** The service's description, or what is wrong with the answer. */
  readonly description: string;
  /** The beginning of the body, without secrets. */
  readonly body: string;
  readonly retryAfterMs?: number;
  /** The request was not sent, because of this app's own rate limit. */
  readonly rateLimited?: true;
  /** A 2xx that is not a valid answer: truncated, empty, not JSON, or with an incorrect count. */
  readonly unreadable?: true;
  readonly requestId?: string;
  /** Only for a write without an answer: what is repeated under the same request id. */
  readonly unanswered?: Unanswered;
  /** The orders that the call was about. */
  readonly orderIds?: readonly string[];
  /** How old the purchases are that the call was about. */
  readonly ages?: readonly PurchaseAge[];
  /** What else is known of these purchases, for people. */
  readonly hints?: readonly string[];
  /** One of their orders waits for a person: it may be refused now, and accepted later. */
  readonly isUnderReview?: true;
  /** The same call was accepted before, and may still take effect. */
  readonly isRepeated?: true;
}

/** Partner Center refused, did not answer, or gave an unreadable answer. */
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
 * Returns what was thrown, if it is an error of Partner Center.
 *
 * @throws whatever else was thrown, as it is
 */
export function asPartnerCenterError(thrown: unknown): PartnerCenterError {
  if (thrown instanceof PartnerCenterError) return thrown;
  throw thrown;
}

/** Whether the request itself was refused: not by a time-out, the throttle, or a fault of the service. */
export function isAboutTheRequest({ status }: Pick<ErrorResponse, 'status'>): boolean {
  return status >= 400 && status <= 499 && status !== 408 && status !== 429;
}
