import { api } from '../src/partner-center/api.ts';
import { partnerCenterClient } from '../src/partner-center/client.ts';
import { requestPace } from '../src/partner-center/request-pace.ts';
import { tokenCache } from '../src/partner-center/token-cache.ts';
import { serviceBusMessenger } from '../src/service-bus/messenger.ts';
import { countingCustomers } from '../src/teardown/count-customers.ts';
import { skipRefusedEntitlements } from '../src/teardown/entitlements-refused.ts';
import { sandboxProof } from '../src/teardown/guards/sandbox-proof.ts';
import type { LogOf } from '../src/teardown/log.ts';
import type { Pacing } from '../src/teardown/pacing.ts';
import { parkDeadLetters } from '../src/teardown/park-dead-letters.ts';
import { type Teardown, takeCheck, takeRequest } from '../src/teardown/teardown.ts';
import type { Bus } from './bus.ts';
import type { Invocation } from './invocation.ts';
import type { PartnerCenter } from './partner-center.ts';
import { ANOTHER_TENANT, REQUESTS, type World } from './world.ts';

export const PACING: Pacing = {
  firstDelayMs: 5_000,
  factor: 1.5,
  longestDelayMs: 300_000,
  jitter: 0.1,
  mostLooks: 100,
  deadlineMs: 2 * 3_600_000,
};

/** Of each instance, as host.json says. */
export const MOST_CONCURRENT = 8;

export interface Surroundings {
  readonly world: World;
  readonly partnerCenter: PartnerCenter;
  readonly bus: Bus;
  readonly logOf: LogOf;
}

/** An instance of the app: the product's own parts, wired as src/functions wires them, caches cold at its start. */
export class Instance {
  readonly number: number;
  readonly #around: Surroundings;
  readonly #shared;

  constructor(number: number, around: Surroundings) {
    this.number = number;
    this.#around = around;
    const { world, partnerCenter } = around;
    const nowMs = () => world.time.nowMs;
    const { account } = world.scenario;
    this.#shared = {
      nowMs,
      tokens: tokenCache(() => partnerCenter.signIn(number), nowMs),
      pace: requestPace(500, nowMs),
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
    const { messenger, nowMs } = this.#teardown(invocation);
    const takeDeadLetters = this.#around.bus.takeDeadLetters(invocation);
    return parkDeadLetters({ takeDeadLetters, messenger, nowMs }, this.#around.logOf);
  }

  #teardown(invocation: Invocation): Teardown {
    const { world, bus, partnerCenter } = this.#around;
    const { nowMs, tokens, pace, skipRefused, proveSandbox } = this.#shared;
    const { scenario, customerIds, choices } = world;
    const origin = { sandboxTenantId: world.sandbox.tenantId, portalUrl: 'https://portal.invalid' };
    return {
      mode: scenario.mode,
      protections: [...scenario.protectedCustomers].map((index) => ({
        customer: customerIds[index] ?? '',
        owner: 'somebody',
      })),
      pacing: PACING,
      proveSandbox,
      messenger: serviceBusMessenger(bus.senders(invocation), origin, nowMs),
      partnerCenter: (teardownId, log, unanswered) =>
        countingCustomers(
          skipRefused(
            partnerCenterClient(
              api(
                {
                  apiUrl: '',
                  timeoutMs: 0,
                  tokens,
                  pace,
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
      random: () => choices.between(0, 9) / 10,
    };
  }
}
