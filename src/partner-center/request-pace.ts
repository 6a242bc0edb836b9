/** Source: "API throttling guidance": 500 requests a minute for each tenant. */
export const WINDOW_MS = 60 * 1000;

/** Keeps an instance's requests within a number a minute, without ever waiting. */
export interface RequestPace {
  /** Takes a place now, or tells in how many milliseconds there will be one. */
  take(): number | undefined;
}

export function requestPace(mostAMinute: number, nowMs: () => number): RequestPace {
  const takenMs: number[] = [];
  return {
    take() {
      const now = nowMs();
      while (takenMs[0] !== undefined && takenMs[0] <= now - WINDOW_MS) takenMs.shift();
      const [oldest] = takenMs;
      if (oldest !== undefined && takenMs.length >= mostAMinute) return oldest + WINDOW_MS - now;
      takenMs.push(now);
      return undefined;
    },
  };
}
