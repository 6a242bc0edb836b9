/** Orders may appear this late in the lists (source: "Get all of a customer's orders"). */
export const LISTING_LAG_MS = 15 * 60 * 1000;

/** What the lists do not show this long after the teardown began, they never will. */
export function isSettled(startedMs: number, nowMs: number): boolean {
  return nowMs - startedMs >= LISTING_LAG_MS;
}
