import type { Sandbox } from '../local/partner-center/core/sandbox.ts';
import { api } from '../src/partner-center/api.ts';
import { partnerCenterClient } from '../src/partner-center/client.ts';
import type { RateLimiter } from '../src/partner-center/http/rate-limiter.ts';
import type { Log } from '../src/teardown/log/log.ts';
import type { Unanswered } from '../src/teardown/model/partner-center-error.ts';

export interface InProcess {
  readonly sandbox: Sandbox;
  readonly fetch: typeof fetch;
  readonly limiter: RateLimiter;
  readonly nowMs: () => number;
  readonly log?: Log;
  readonly unanswered?: Unanswered | undefined;
}

/** The app's own client, with a token of the simulated sandbox's tenant and no network. */
export function inProcessClient(deps: InProcess, teardownId: string) {
  const { sandbox, fetch, limiter, nowMs, log, unanswered } = deps;
  const claims = Buffer.from(JSON.stringify({ tid: sandbox.tenantId })).toString('base64url');
  const token = { token: `header.${claims}.signature`, expiresMs: Number.POSITIVE_INFINITY };
  const tokens = { current: async () => token, after: async () => token };
  const apiUrl = 'http://sandbox.invalid';
  return partnerCenterClient(
    api(
      {
        ...{ apiUrl, tokens, limiter, timeoutMs: 10_000, nowMs, fetch },
        ...(log !== undefined && { log }),
        ...(unanswered !== undefined && { unanswered }),
      },
      teardownId,
    ),
  );
}
