/** How far the clocks of two instances may be apart. */
export const MAX_CLOCK_SKEW_MS = 5 * 60 * 1000;
