import { api } from '../partner-center/api.ts';
import { signInBy } from '../partner-center/auth/sign-in.ts';
import { tokenCache } from '../partner-center/auth/token-cache.ts';
import { partnerCenterClient } from '../partner-center/client.ts';
import { clouds } from '../partner-center/clouds.ts';
import { rateLimiter } from '../partner-center/http/rate-limiter.ts';
import { connect } from '../service-bus/connect.ts';
import { deadLetters } from '../service-bus/dead-letters.ts';
import { serviceBusMessenger } from '../service-bus/messenger.ts';
import { withRunDeadline } from '../service-bus/run-deadline.ts';
import { senders } from '../service-bus/senders.ts';
import { type ServiceBus, type SharedClient, sharedClient } from '../service-bus/shared-client.ts';
import { dueTimes } from '../settings/due-times.ts';
import type { Settings } from '../settings/settings.ts';
import { sandboxProof } from '../teardown/guards/sandbox-proof.ts';
import { countingCustomers } from '../teardown/inventory/count-customers.ts';
import { skipRefusedEntitlements } from '../teardown/inventory/entitlements-refused.ts';
import type { Log } from '../teardown/log/log.ts';
import type { Unanswered } from '../teardown/model/partner-center-error.ts';
import type { DeadLetterDeps } from '../teardown/park-dead-letters.ts';
import { spacingMs } from '../teardown/sweep/spacing.ts';
import type { Sweep } from '../teardown/sweep/sweep.ts';
import type { Teardown } from '../teardown/teardown.ts';
import { instanceLog } from './log-lines.ts';

/** What one instance shares among its invocations: one client, one token, one proof, one pace. */
export interface Instance {
  readonly settings: Settings;
  readonly teardown: Teardown;
  /** For one run of the timer, which begins now. */
  sweep(): Sweep;
  /** For one run of the timer, which begins now. */
  deadLetters(): DeadLetterDeps;
  readonly serviceBus: SharedClient;
}

/** What an instance cannot decide by itself. */
export interface Runtime {
  nowMs(): number;
  random(): number;
  readonly connect: typeof connect;
}

const real: Runtime = { nowMs: () => Date.now(), random: () => Math.random(), connect };

/** Wires the edges to the decisions. Nothing is connected or loaded before it is first used. */
export function instance(settings: Settings, runtime: Partial<Runtime> = {}): Instance {
  const { nowMs, random, connect } = { ...real, ...runtime };
  const { apiUrl, timeoutMs, requestsPerMinute } = settings.partnerCenter;
  const tokens = tokenCache(
    signInBy({ ...settings.partnerCenter, log: instanceLog, nowMs }),
    nowMs,
  );
  const skipRefused = skipRefusedEntitlements(nowMs);
  const limiter = rateLimiter(requestsPerMinute, nowMs);
  const serviceBus = sharedClient(() => connect(settings.serviceBus));
  const origin = {
    sandboxTenantId: settings.sandboxTenantId,
    portalUrl: clouds[settings.partnerCenter.cloud].portalUrl,
  };
  const messengerBy = (bus: ServiceBus) => serviceBusMessenger(senders(bus), origin, nowMs);
  const shared = {
    mode: settings.mode,
    protections: settings.protections,
    proveSandbox: sandboxProof(
      {
        tenantId: settings.sandboxTenantId,
        deniedTenantIds: settings.deniedTenantIds,
        domain: settings.sandboxDomain,
      },
      nowMs,
    ),
    partnerCenter: (teardownId: string, log: Log, unanswered?: Unanswered) =>
      countingCustomers(
        skipRefused(
          partnerCenterClient(
            api({ apiUrl, tokens, limiter, timeoutMs, nowMs, log, unanswered }, teardownId),
          ),
          log,
        ),
        log,
      ),
    nowMs,
  };
  return {
    settings,
    serviceBus,
    teardown: {
      ...shared,
      sweepRules: settings.sweep.rules,
      messenger: messengerBy(serviceBus),
      backoff: settings.backoff,
      random,
    },
    sweep: () => ({
      ...shared,
      messenger: messengerBy(withRunDeadline(serviceBus, nowMs)),
      rules: settings.sweep.rules,
      graceMs: settings.sweep.graceMs,
      minIdleMs: settings.sweep.minIdleMs,
      maxPastDueMs: settings.sweep.maxPastDueMs,
      lastDueMs: dueTimes(settings.sweep.schedule).lastMs,
      spacingMs: spacingMs(requestsPerMinute),
    }),
    deadLetters() {
      const bus = withRunDeadline(serviceBus, nowMs);
      return { takeDeadLetters: deadLetters(bus), messenger: messengerBy(bus), nowMs };
    },
  };
}
