/**
 * The API requests of a teardown with three purchases and nothing pending: customer, entitlements, orders and
 * subscriptions; three cancellations; the three lists and the customer again; the deletion.
 */
export const REQUESTS_PER_TEARDOWN = 12;

/** The share of the requests per minute that a sweep plans with; the rest is a margin for uneven minutes. */
export const SHARE_PLANNED = 0.96;

/** The time between two requests of a sweep, so that together they keep within the requests per minute. */
export function spacingMs(requestsPerMinute: number): number {
  return Math.ceil((60_000 * REQUESTS_PER_TEARDOWN) / (requestsPerMinute * SHARE_PLANNED));
}
