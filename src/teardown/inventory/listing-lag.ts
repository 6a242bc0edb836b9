/**
 * Orders may appear in the lists this late. Source:
 * https://learn.microsoft.com/partner-center/developer/get-all-of-a-customer-s-orders
 */
export const LISTING_LAG_MS = 15 * 60 * 1000;

/** Whether the lists are complete: what they do not show this long after the teardown began, they never will. */
export function isSettled(startedMs: number, nowMs: number): boolean {
  return nowMs - startedMs >= LISTING_LAG_MS;
}
