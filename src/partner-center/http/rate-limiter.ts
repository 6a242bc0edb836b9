/**
 * Partner Center counts requests by the minute. Source:
 * https://learn.microsoft.com/partner-center/developer/api-throttling-guidance
 */
export const WINDOW_MS = 60 * 1000;

/** Limits an instance's requests per minute, without ever waiting. */
export interface RateLimiter {
  /**
   * Takes one place now, if there is room for `room` of them; otherwise returns in how many milliseconds to come back.
   * The next caller gets a later time, so that not all come back at once.
   */
  take(room?: number): number | undefined;
  /** Takes nothing for so long: Partner Center has refused a request, and would refuse the others too. */
  pause(durationMs: number): void;
}

export function rateLimiter(maxPerMinute: number, nowMs: () => number): RateLimiter {
  const takenMs: number[] = [];
  let promisedMs = 0;
  let pausedUntilMs = 0;
  return {
    pause(durationMs) {
      // By then Partner Center counts anew; a longer wait is the check's own.
      pausedUntilMs = Math.max(pausedUntilMs, nowMs() + Math.min(durationMs, WINDOW_MS));
    },
    take(room = 1) {
      const now = nowMs();
      while (takenMs[0] !== undefined && takenMs[0] <= now - WINDOW_MS) takenMs.shift();
      const asked = Math.min(room, maxPerMinute);
      const inTheWay = takenMs[takenMs.length + asked - maxPerMinute - 1];
      if (inTheWay === undefined && now >= pausedUntilMs) {
        takenMs.push(now);
        return undefined;
      }
      const inTurnMs = promisedMs + Math.ceil((asked * WINDOW_MS) / maxPerMinute);
      const freeMs = inTheWay === undefined ? now : inTheWay + WINDOW_MS;
      promisedMs = Math.max(freeMs, pausedUntilMs, inTurnMs);
      return promisedMs - now;
    },
  };
}
