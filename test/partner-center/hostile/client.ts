import { logsOf } from '../../../src/functions/log-lines.ts';
import { api } from '../../../src/partner-center/api.ts';
import { type TokenCache, tokenCache } from '../../../src/partner-center/auth/token-cache.ts';
import { partnerCenterClient } from '../../../src/partner-center/client.ts';
import type { Log } from '../../../src/teardown/log/log.ts';
import { tokenNumber } from './secrets.ts';

export const API_URL = 'https://partner-center.invalid';

/** The app's own lines, kept. */
export function keptLog() {
  const lines: string[] = [];
  const keep = (line: unknown): void => void lines.push(String(line));
  return { lines, logOf: logsOf({ log: keep, warn: keep }) };
}

/** The app's own token cache; the login endpoint gives another token each time, or else says why not. */
export function hostileLogin(nowMs: () => number, trouble: () => string | undefined): TokenCache {
  let asked = 0;
  return tokenCache(async () => {
    const why = trouble();
    if (why !== undefined) throw new Error(why);
    asked += 1;
    return tokenNumber(asked - 1, nowMs());
  }, nowMs);
}

export interface ClientDeps {
  readonly fetch: typeof fetch;
  readonly tokens: TokenCache;
  readonly log: Log;
  readonly nowMs: () => number;
}

/** The app's own client for one check. */
export function clientOf({ fetch, tokens, log, nowMs }: ClientDeps) {
  return partnerCenterClient(
    api(
      {
        ...{ apiUrl: API_URL, tokens, log, nowMs, fetch, timeoutMs: 10_000 },
        limiter: { take: () => undefined, pause: () => undefined },
      },
      'teardown-1',
    ),
  );
}
