import { api } from '../src/partner-center/api.ts';
import { tokenCache } from '../src/partner-center/auth/token-cache.ts';
import { partnerCenterClient } from '../src/partner-center/client.ts';
import { rateLimiter } from '../src/partner-center/http/rate-limiter.ts';
import { serviceBusMessenger } from '../src/service-bus/messenger.ts';
import { parseDurationMs } from '../src/shared/duration.ts';
import { sandboxProof } from '../src/teardown/guards/sandbox-proof.ts';
import { countingCustomers } from '../src/teardown/inventory/count-customers.ts';
import { skipRefusedEntitlements } from '../src/teardown/inventory/entitlements-refused.ts';
import type { Log, LogOf } from '../src/teardown/log/log.ts';
import type { Unanswered } from '../src/teardown/model/partner-center-error.ts';
import type { SweepRules } from '../src/teardown/model/sweep-rules.ts';
import { parkDeadLetters } from '../src/teardown/park-dead-letters.ts';
import type { Backoff } from '../src/teardown/reconcile/retry-policy.ts';
import { sweep } from '../src/teardown/sweep/sweep.ts';
import { type Teardown, takeCheck, takeRequest } from '../src/teardown/teardown.ts';
import type { Bus } from './bus.ts';
import type { Invocation } from './invocation.ts';
import type { PartnerCenter } from './partner-center.ts';
import { MIN_IDLE } from './scenario.ts';
import { protectionBy } from './shields.ts';
import { ruleText, type SweepPlan, type SweepTimer, sweepDueMs } from './sweep-plan.ts';
import { ANOTHER_TENANT, NOBODY, REQUESTS, type World } from './world.ts';

export const BACKOFF: Backoff = {
  firstDelayMs: 5_000,
  multiplier: 1.5,
  maxDelayMs: 300_000,
  jitter: 0.1,
  maxChecks: 100,
  deadlineMs: 2 * 3_600_000,
};

/** Of each instance, as host.json says. */
export const MAX_CONCURRENT = 8;

export interface Runtime {
  readonly world: World;
  readonly partnerCenter: PartnerCenter;
  readonly bus: Bus;
  readonly logOf: LogOf;
}

/** An instance of the app: the product's own parts, wired as src/functions wires them, caches cold at its start. */
export class Instance {
  readonly number: number;
  readonly #around: Runtime;
  /** What all invocations of the instance share. */
  readonly #kept;

  constructor(number: number, around: Runtime) {
    this.number = number;
    this.#around = around;
    const { world, partnerCenter } = around;
    const nowMs = () => world.time.nowMs;
    const { account } = world.scenario;
    this.#kept = {
      nowMs,
      tokens: tokenCache(() => partnerCenter.signIn(number), nowMs),
      limiter: rateLimiter(500, nowMs),
      skipRefused: skipRefusedEntitlements(nowMs),
      proveSandbox: sandboxProof(
        {
          tenantId: account === 'another-tenant' ? ANOTHER_TENANT : world.sandbox.tenantId,
          deniedTenantIds: [],
        },
        nowMs,
      ),
    };
  }

  /** Works on a message, as the trigger of its queue does. */
  take(invocation: Invocation, body: unknown, messageId: string): Promise<void> {
    const handle = invocation.path === REQUESTS ? takeRequest : takeCheck;
    return handle({ body, messageId }, this.#teardown(invocation), this.#around.logOf);
  }

  /** A run of the timer that looks for dead letters. */
  parkDeadLetters(invocation: Invocation): Promise<void> {
    const { messenger, nowMs } = this.#shared(invocation);
    const takeDeadLetters = this.#around.bus.takeDeadLetters(invocation);
    return parkDeadLetters({ takeDeadLetters, messenger, nowMs }, this.#around.logOf);
  }

  /** A run of the nightly timer. */
  sweep(invocation: Invocation, plan: SweepPlan, timer: SweepTimer): Promise<void> {
    const { logOf } = this.#around;
    const { graceMs, spacingMs, maxPastDueMs } = plan;
    const deps = {
      ...this.#shared(invocation),
      ...{ rules: this.#sweepRules(plan), graceMs, spacingMs, maxPastDueMs },
      minIdleMs: parseDurationMs(MIN_IDLE) ?? 0,
      lastDueMs: sweepDueMs,
    };
    return sweep(deps, timer, logOf);
  }

  /** As the settings say now. */
  #sweepRules({ include, maxCustomers, belowFreeSlots }: SweepPlan): SweepRules {
    const { world } = this.#around;
    const nameOf = (place: number) => world.customers[place] ?? { id: NOBODY, domain: '' };
    return {
      include: world.sweepIsEmptied ? [] : include.map((rule) => ruleText(rule, nameOf)),
      maxCustomers,
      ...(belowFreeSlots !== undefined && { belowFreeSlots }),
    };
  }

  #teardown(invocation: Invocation): Teardown {
    const { choices, scenario } = this.#around.world;
    return {
      ...this.#shared(invocation),
      ...(scenario.sweep && { sweepRules: this.#sweepRules(scenario.sweep) }),
      backoff: BACKOFF,
      random: () => choices.between(0, 9) / 10,
    };
  }

  #shared(invocation: Invocation) {
    const { world, bus, partnerCenter } = this.#around;
    const { nowMs, tokens, limiter, skipRefused, proveSandbox } = this.#kept;
    const { mode, customers, shields, startMs } = world;
    const origin = { sandboxTenantId: world.sandbox.tenantId, portalUrl: 'https://portal.invalid' };
    return {
      mode,
      protections: shields.map((shield) => protectionBy(shield, customers, startMs)),
      proveSandbox,
      messenger: serviceBusMessenger(bus.senders(invocation), origin, nowMs),
      partnerCenter: (teardownId: string, log: Log, unanswered?: Unanswered) =>
        countingCustomers(
          skipRefused(
            partnerCenterClient(
              api(
                {
                  apiUrl: '',
                  timeoutMs: 0,
                  tokens,
                  limiter,
                  nowMs,
                  log,
                  transport: partnerCenter.transport(invocation),
                  ...(unanswered !== undefined && { unanswered }),
                },
                teardownId,
              ),
            ),
            log,
          ),
          log,
        ),
      nowMs,
    };
  }
}
