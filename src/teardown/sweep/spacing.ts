/**
 * API requests of one teardown with three purchases and nothing pending: customer, entitlements, orders and
 * subscriptions; three cancellations; the three lists and the customer again; the deletion.
 */
export const REQUESTS_PER_TEARDOWN = 12;

/** The part of the requests a minute that a sweep plans with; the rest is room for uneven minutes. */
export const SHARE_PLANNED = 0.96;

/** Between two requests of a sweep, so that all of them together keep within the API's requests a minute. */
export function spacingMs(requestsPerMinute: number): number {
  return Math.ceil((60_000 * REQUESTS_PER_TEARDOWN) / (requestsPerMinute * SHARE_PLANNED));
}
