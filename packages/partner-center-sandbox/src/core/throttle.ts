import { gatewayRefuse, type Reply } from './answer.ts';

const WINDOW_MS = 60_000;

interface Window {
  readonly startMs: number;
  count: number;
}

/**
 * The gateway's limit, by tenant: a window of a minute opens with a request and takes so many, refused ones included
 * ("every request counts", article api-throttling-guidance).
 */
export class Throttle {
  readonly #windows = new Map<string, Window>();

  /** Counts one request; a refusal if it is one too many. */
  take(tenantId: string, limit: number, nowMs: number): Reply | undefined {
    const known = this.#windows.get(tenantId);
    const window =
      known !== undefined && nowMs - known.startMs < WINDOW_MS
        ? known
        : { startMs: nowMs, count: 0 };
    window.count += 1;
    this.#windows.set(tenantId, window);
    if (window.count <= limit) return undefined;
    const seconds = Math.max(1, Math.ceil((window.startMs + WINDOW_MS - nowMs) / 1_000));
    return gatewayRefuse(429, `Rate limit is exceeded. Try again in ${seconds} seconds.`, {
      'Retry-After': String(seconds),
    });
  }
}
