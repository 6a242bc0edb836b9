import type { App } from '../src/functions/app.ts';
import { tokenCache } from '../src/partner-center/auth/token-cache.ts';
import { parseDurationMs } from '../src/shared/duration.ts';
import type { LogOf } from '../src/teardown/log/log.ts';
import type { IncomingMessage } from '../src/teardown/model/incoming-message.ts';
import type { SweepRules } from '../src/teardown/model/sweep-rules.ts';
import { parkDeadLetters } from '../src/teardown/park-dead-letters.ts';
import type { Backoff } from '../src/teardown/reconcile/retry-policy.ts';
import { sweep } from '../src/teardown/sweep/sweep.ts';
import { type Teardown, takeCheck, takeRequest } from '../src/teardown/teardown.ts';
import { STEADY_BACKOFF } from './backoff.ts';
import type { Bus } from './bus.ts';
import { inProcessApp } from './in-process-app.ts';
import type { Invocation } from './invocation.ts';
import type { PartnerCenter } from './partner-center.ts';
import { MIN_IDLE } from './scenario.ts';
import { REQUESTS } from './service-bus.ts';
import { protectionBy } from './shields.ts';
import { ruleText, type SweepPlan, type SweepTimer, sweepDueMs } from './sweep-plan.ts';
import { ANOTHER_TENANT, UNKNOWN_CUSTOMER_ID, type World } from './world.ts';

export const BACKOFF: Backoff = {
  ...STEADY_BACKOFF,
  jitter: 0.1,
  maxChecks: 100,
  deadlineMs: 2 * 3_600_000,
};

export interface AppInstanceDeps {
  readonly world: World;
  readonly partnerCenter: PartnerCenter;
  readonly bus: Bus;
  readonly logOf: LogOf;
}

/** An instance of the app, built as the functions build it; its caches are empty at the start. */
export class AppInstance {
  readonly number: number;
  readonly #deps: AppInstanceDeps;
  /** Shared by all invocations of the instance. */
  readonly #app: App;

  constructor(number: number, deps: AppInstanceDeps) {
    this.number = number;
    this.#deps = deps;
    const { world, partnerCenter } = deps;
    const { choices, sandbox, scenario } = world;
    const isAnothers = scenario.account === 'another-tenant';
    const nowMs = () => world.time.nowMs;
    this.#app = inProcessApp({
      sandbox: { tenantId: isAnothers ? ANOTHER_TENANT : sandbox.tenantId, deniedTenantIds: [] },
      requestsPerMinute: 500,
      tokens: tokenCache(() => partnerCenter.signIn(number), nowMs),
      nowMs,
      random: () => choices.between(0, 9) / 10,
      newId: () => world.newId(),
    });
  }

  /** Handles a message, as the trigger of its queue does. */
  take(invocation: Invocation, message: IncomingMessage): Promise<void> {
    const handle = invocation.path === REQUESTS ? takeRequest : takeCheck;
    return handle(message, this.#teardown(invocation), this.#deps.logOf);
  }

  /** A run of the dead-letter timer. */
  parkDeadLetters(invocation: Invocation): Promise<void> {
    const takeDeadLetters = this.#deps.bus.takeDeadLetters(invocation);
    const deps = this.#app.deadLetters(takeDeadLetters, this.#edges(invocation));
    return parkDeadLetters(deps, this.#deps.logOf);
  }

  /** A run of the nightly timer. */
  sweep(invocation: Invocation, plan: SweepPlan, timer: SweepTimer): Promise<void> {
    const { graceMs, spacingMs, maxPastDueMs } = plan;
    const minIdleMs = parseDurationMs(MIN_IDLE) ?? 0;
    const settings = { graceMs, spacingMs, maxPastDueMs, minIdleMs, lastDueMs: sweepDueMs };
    const now = { ...this.#settings(), sweepRules: this.#sweepRules(plan) };
    return sweep(this.#app.sweep(now, settings, this.#edges(invocation)), timer, this.#deps.logOf);
  }

  /** The current settings. */
  #sweepRules({ include, maxCustomers, belowFreeSlots }: SweepPlan): SweepRules {
    const { world } = this.#deps;
    const nameOf = (place: number) =>
      world.customers[place] ?? { id: UNKNOWN_CUSTOMER_ID, domain: '' };
    return {
      include: world.sweepIsEmptied ? [] : include.map((rule) => ruleText(rule, nameOf)),
      maxCustomers,
      ...(belowFreeSlots !== undefined && { belowFreeSlots }),
    };
  }

  #teardown(invocation: Invocation): Teardown {
    const plan = this.#deps.world.scenario.sweep;
    const now = { ...this.#settings(), sweepRules: plan && this.#sweepRules(plan) };
    return this.#app.teardown(now, BACKOFF, this.#edges(invocation));
  }

  #settings() {
    const { mode, customers, shields, startMs } = this.#deps.world;
    const protections = shields.map((shield) => protectionBy(shield, customers, startMs));
    return { mode, protections };
  }

  #edges(invocation: Invocation) {
    const { bus, partnerCenter } = this.#deps;
    return {
      senders: bus.senders(invocation),
      peek: bus.peek(invocation),
      transport: partnerCenter.transport(invocation),
    };
  }
}
