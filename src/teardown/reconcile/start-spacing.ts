/**
 * The API requests of a teardown with three purchases and nothing pending: customer, entitlements, orders and
 * subscriptions; three cancellations; the three lists and the customer again; the deletion.
 */
export const REQUESTS_PER_TEARDOWN = 12;

/** The share of the requests per minute that starts are planned with. */
export const SHARE_PLANNED = {
  /** At night; the rest is a margin for uneven minutes. */
  sweep: 0.985,
  /** By day: whoever sends requests has other clients of the same tenant at work. */
  requests: 0.9,
} as const;

/** The time between the starts of two teardowns, so that together they keep within the requests per minute. */
export function startSpacingMs(
  requestsPerMinute: number,
  share: number = SHARE_PLANNED.requests,
): number {
  return Math.ceil((60_000 * REQUESTS_PER_TEARDOWN) / (requestsPerMinute * share));
}
