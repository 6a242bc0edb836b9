import { api } from '../partner-center/api.ts';
import type { TokenCache } from '../partner-center/auth/token-cache.ts';
import { partnerCenterClient } from '../partner-center/client.ts';
import { rateLimiter } from '../partner-center/http/rate-limiter.ts';
import type { Transport } from '../partner-center/http/transport.ts';
import { type SandboxIdentity, sandboxProof } from '../teardown/guards/sandbox-proof.ts';
import { countingCustomers } from '../teardown/inventory/count-customers.ts';
import { skipRefusedEntitlements } from '../teardown/inventory/entitlements-refused.ts';
import type { Log } from '../teardown/log/log.ts';
import type { Messenger } from '../teardown/model/messenger.ts';
import type { TeardownMode } from '../teardown/model/mode.ts';
import type { Unanswered } from '../teardown/model/partner-center-error.ts';
import type { Protection } from '../teardown/model/protection.ts';
import type { SweepRules } from '../teardown/model/sweep-rules.ts';
import type { Backoff } from '../teardown/reconcile/retry-policy.ts';
import type { Sweep, SweepMessenger } from '../teardown/sweep/sweep.ts';
import type { Teardown } from '../teardown/teardown.ts';

/** What an instance keeps for its whole life. */
export interface Runtime {
  readonly sandbox: SandboxIdentity;
  readonly apiUrl: string;
  /** For one request to the API. */
  readonly timeoutMs: number;
  readonly requestsPerMinute: number;
  readonly tokens: TokenCache;
  nowMs(): number;
  /** From 0 (inclusive) to 1 (exclusive). */
  random(): number;
}

/** Settings that are read anew for each run, because they may have changed. */
export interface RunSettings {
  readonly mode: TeardownMode;
  readonly protections: readonly Protection[];
  readonly sweepRules?: SweepRules | undefined;
}

/** The edges of one run; without a transport, HTTP by ky. */
export interface RunEdges<M extends Messenger> {
  readonly messenger: M;
  readonly transport?: Transport | undefined;
  readonly fetch?: typeof fetch | undefined;
}

export type SweepSettings = Pick<
  Sweep,
  'graceMs' | 'minIdleMs' | 'maxPastDueMs' | 'lastDueMs' | 'spacingMs'
>;

/** One instance of the app. All its runs share the proof of the sandbox, the rate limit, and what it may not read. */
export interface App {
  teardown(now: RunSettings, backoff: Backoff, edges: RunEdges<Messenger>): Teardown;
  sweep(
    now: RunSettings & { readonly sweepRules: SweepRules },
    settings: SweepSettings,
    edges: RunEdges<Messenger & SweepMessenger>,
  ): Sweep;
}

/**
 * The composition root: the one place where the edges are wired to the decisions. The functions, the simulation, the
 * bench and the tests all use it, each with its own clock, tokens and edges.
 */
export function createApp(runtime: Runtime): App {
  const { sandbox, apiUrl, timeoutMs, requestsPerMinute, tokens } = runtime;
  const nowMs = () => runtime.nowMs();
  const limiter = rateLimiter(requestsPerMinute, nowMs);
  const skipRefused = skipRefusedEntitlements(nowMs);
  const proveSandbox = sandboxProof(sandbox, nowMs);
  const shared = <M extends Messenger>(
    { mode, protections }: RunSettings,
    { messenger, transport, fetch }: RunEdges<M>,
  ) => ({
    ...{ mode, protections, proveSandbox, messenger, nowMs },
    partnerCenter(teardownId: string, log: Log, unanswered?: Unanswered) {
      const options = { apiUrl, timeoutMs, tokens, limiter, nowMs, log, unanswered };
      const client = partnerCenterClient(api({ ...options, transport, fetch }, teardownId));
      return countingCustomers(skipRefused(client, log), log);
    },
  });
  return {
    teardown: (now, backoff, edges) => ({
      ...shared(now, edges),
      ...{ sweepRules: now.sweepRules, backoff },
      random: () => runtime.random(),
    }),
    sweep: (now, settings, edges) => ({
      ...shared(now, edges),
      ...settings,
      rules: now.sweepRules,
    }),
  };
}
