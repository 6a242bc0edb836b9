import { type ApiOptions, api } from '../partner-center/api.ts';
import { partnerCenterClient } from '../partner-center/client.ts';
import { type RateLimiter, rateLimiter } from '../partner-center/http/rate-limiter.ts';
import { serviceBusMessenger } from '../service-bus/messenger.ts';
import type { Senders } from '../service-bus/senders.ts';
import { type SandboxIdentity, sandboxProof } from '../teardown/guards/sandbox-proof.ts';
import { countingCustomers } from '../teardown/inventory/count-customers.ts';
import { skipRefusedEntitlements } from '../teardown/inventory/entitlements-refused.ts';
import type { Log } from '../teardown/log/log.ts';
import type { TeardownMode } from '../teardown/model/mode.ts';
import type { Unanswered } from '../teardown/model/partner-center-error.ts';
import type { Protection } from '../teardown/model/protection.ts';
import type { SweepRules } from '../teardown/model/sweep-rules.ts';
import type { DeadLetterDeps, TakeDeadLetters } from '../teardown/park-dead-letters.ts';
import type { Backoff } from '../teardown/reconcile/retry-policy.ts';
import type { PeekQueue } from '../teardown/reconcile/start-in-turn.ts';
import { startSpacingMs } from '../teardown/reconcile/start-spacing.ts';
import type { Sweep } from '../teardown/sweep/sweep.ts';
import type { Teardown } from '../teardown/teardown.ts';

/** What an instance keeps for its whole life; how it asks Partner Center is among it. */
export interface Runtime extends Omit<ApiOptions, 'limiter' | PerRun> {
  readonly sandbox: SandboxIdentity;
  /** The portal for people, which events name. */
  readonly portalUrl: string;
  readonly requestsPerMinute: number;
  /** From 0 (inclusive) to 1 (exclusive). */
  random(): number;
}

type PerRun = 'log' | 'unanswered' | 'transport' | 'fetch';

/** Settings that are read anew for each run, because they may have changed. */
export interface RunSettings {
  readonly mode: TeardownMode;
  readonly protections: readonly Protection[];
  readonly sweepRules?: SweepRules | undefined;
}

/** The edges of one run; without a transport, HTTP by ky. */
export interface RunEdges extends Pick<ApiOptions, 'transport' | 'fetch'> {
  readonly senders: Senders;
}

export interface TeardownEdges extends RunEdges {
  readonly peek: PeekQueue;
}

export type SweepSettings = Pick<
  Sweep,
  'graceMs' | 'minIdleMs' | 'maxPastDueMs' | 'lastDueMs' | 'spacingMs'
>;

/** One instance of the app. All its runs share the proof of the sandbox, the rate limit, and what it may not read. */
export interface App {
  teardown(now: RunSettings, backoff: Backoff, edges: TeardownEdges): Teardown;
  sweep(
    now: RunSettings & { readonly sweepRules: SweepRules },
    settings: SweepSettings,
    edges: RunEdges,
  ): Sweep;
  deadLetters(takeDeadLetters: TakeDeadLetters, edges: RunEdges): DeadLetterDeps;
}

/**
 * The composition root: the one place where the edges are wired to the decisions. The functions, the simulation, the
 * bench and the tests all use it, each with its own clock, randomness, ids, tokens, senders and transport.
 */
export function createApp(runtime: Runtime): App {
  const { sandbox, portalUrl, requestsPerMinute, ...apiOptions } = runtime;
  const nowMs = () => runtime.nowMs();
  const limiter = rateLimiter(requestsPerMinute, nowMs);
  // A sweep asks for little, and only once: it counts, but what checks were refused does not stop it.
  const ofSweep: RateLimiter = { ...limiter, take: () => void limiter.take() };
  const skipRefused = skipRefusedEntitlements(nowMs);
  const proveSandbox = sandboxProof(sandbox, nowMs);
  const origin = { sandboxTenantId: sandbox.tenantId, portalUrl };
  const messaging = ({ senders }: RunEdges) => ({
    messenger: serviceBusMessenger(senders, origin, nowMs),
    nowMs,
  });
  const shared = ({ mode, protections }: RunSettings, edges: RunEdges, limiter: RateLimiter) => ({
    ...{ mode, protections, proveSandbox },
    ...messaging(edges),
    partnerCenter(teardownId: string, log: Log, unanswered?: Unanswered) {
      const { transport, fetch } = edges;
      const options = { ...apiOptions, nowMs, limiter, log, unanswered, transport, fetch };
      const client = partnerCenterClient(api(options, teardownId));
      return countingCustomers(skipRefused(client, log), log);
    },
  });
  return {
    teardown: (now, backoff, edges) => ({
      ...shared(now, edges, limiter),
      ...{ sweepRules: now.sweepRules, backoff, peek: edges.peek },
      startSpacingMs: startSpacingMs(requestsPerMinute),
      random: () => runtime.random(),
    }),
    sweep: (now, settings, edges) => ({
      ...shared(now, edges, ofSweep),
      ...settings,
      rules: now.sweepRules,
    }),
    deadLetters: (takeDeadLetters, edges) => ({ takeDeadLetters, ...messaging(edges) }),
  };
}
