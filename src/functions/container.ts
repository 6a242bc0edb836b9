import { signInBy } from '../partner-center/auth/sign-in.ts';
import { tokenCache } from '../partner-center/auth/token-cache.ts';
import { clouds } from '../partner-center/clouds.ts';
import { connect } from '../service-bus/connect.ts';
import { deadLetters } from '../service-bus/dead-letters.ts';
import { peekBy } from '../service-bus/peek.ts';
import { withRunDeadline } from '../service-bus/run-deadline.ts';
import { senders } from '../service-bus/senders.ts';
import { type ServiceBus, type SharedClient, sharedClient } from '../service-bus/shared-client.ts';
import { dueTimes } from '../settings/due-times.ts';
import type { Settings } from '../settings/settings.ts';
import type { DeadLetterDeps } from '../teardown/park-dead-letters.ts';
import { SHARE_PLANNED, startSpacingMs } from '../teardown/reconcile/start-spacing.ts';
import type { Sweep } from '../teardown/sweep/sweep.ts';
import type { Teardown } from '../teardown/teardown.ts';
import { createApp, type Runtime } from './app.ts';
import { instanceLog } from './log-lines.ts';

/** What the invocations of one instance share: client, token, proof of the sandbox, rate limit. */
export interface Container {
  readonly settings: Settings;
  readonly teardown: Teardown;
  /** For one run of the timer, which begins now. */
  sweep(): Sweep;
  /** For one run of the timer, which begins now. */
  deadLetters(): DeadLetterDeps;
  readonly serviceBus: SharedClient;
}

/** Everything that is not deterministic. */
export interface Outside extends Pick<Runtime, 'nowMs' | 'random' | 'newId'> {
  readonly connect: typeof connect;
}

const real: Outside = { nowMs: () => Date.now(), random: () => Math.random(), connect };

/** Builds the app from its settings. Nothing is connected or loaded before it is first used. */
export function createContainer(settings: Settings, outside: Partial<Outside> = {}): Container {
  const { connect, ...clockAndChance } = { ...real, ...outside };
  const { nowMs } = clockAndChance;
  const { mode, protections, sandboxTenantId, deniedTenantIds, sandboxDomain, sweep } = settings;
  const { apiUrl, timeoutMs, requestsPerMinute, cloud } = settings.partnerCenter;
  const signIn = signInBy({ ...settings.partnerCenter, log: instanceLog, nowMs });
  const app = createApp({
    sandbox: { tenantId: sandboxTenantId, deniedTenantIds, domain: sandboxDomain },
    portalUrl: clouds[cloud].portalUrl,
    ...{ apiUrl, timeoutMs, requestsPerMinute, tokens: tokenCache(signIn, nowMs) },
    ...clockAndChance,
  });
  const now = { mode, protections, sweepRules: sweep.rules };
  const serviceBus = sharedClient(() => connect(settings.serviceBus));
  const { graceMs, minIdleMs, maxPastDueMs, schedule } = sweep;
  const sweepSettings = {
    ...{ graceMs, minIdleMs, maxPastDueMs },
    lastDueMs: dueTimes(schedule).lastMs,
    spacingMs: startSpacingMs(requestsPerMinute, SHARE_PLANNED.sweep),
  };
  const edgesOf = (bus: ServiceBus) => ({ senders: senders(bus), peek: peekBy(bus) });
  return {
    settings,
    serviceBus,
    teardown: app.teardown(now, settings.backoff, edgesOf(serviceBus)),
    sweep: () => app.sweep(now, sweepSettings, edgesOf(withRunDeadline(serviceBus, nowMs))),
    deadLetters() {
      const bus = withRunDeadline(serviceBus, nowMs);
      return app.deadLetters(deadLetters(bus), edgesOf(bus));
    },
  };
}
