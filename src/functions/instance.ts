import type { InvocationContext } from '@azure/functions';
import { api } from '../partner-center/api.ts';
import { partnerCenterClient } from '../partner-center/client.ts';
import { requestPace } from '../partner-center/request-pace.ts';
import { byClientSecret } from '../partner-center/sign-in/client-secret.ts';
import { tokenCache } from '../partner-center/token-cache.ts';
import { connect } from '../service-bus/connect.ts';
import { serviceBusMessenger } from '../service-bus/messenger.ts';
import { type Senders, senders } from '../service-bus/senders.ts';
import type { Settings } from '../settings.ts';
import { sandboxProof } from '../teardown/guards/sandbox-proof.ts';
import type { Log } from '../teardown/log.ts';
import { spacingMs } from '../teardown/sweep/spacing.ts';
import type { Sweep } from '../teardown/sweep/sweep.ts';
import type { Teardown } from '../teardown/teardown.ts';

/** What one instance shares among its invocations: one client, one token, one proof, one pace. */
export interface Instance {
  readonly settings: Settings;
  readonly teardown: Teardown;
  readonly sweep: Sweep;
  readonly senders: Senders;
}

/** Wires the edges to the decisions. Nothing is connected or loaded before it is first used. */
export function instance(settings: Settings): Instance {
  const nowMs = () => Date.now();
  const { apiUrl, timeoutMs, requestsPerMinute } = settings.partnerCenter;
  const tokens = tokenCache(
    byClientSecret({ ...settings.partnerCenter, tenantId: settings.sandboxTenantId }),
    nowMs,
  );
  const pace = requestPace(requestsPerMinute, nowMs);
  const outgoing = senders(() => connect(settings.serviceBus));
  const messenger = serviceBusMessenger(outgoing, settings.sandboxTenantId, nowMs);
  const shared = {
    mode: settings.mode,
    protections: settings.protections,
    proveSandbox: sandboxProof(
      { tenantId: settings.sandboxTenantId, deniedTenantIds: settings.deniedTenantIds },
      nowMs,
    ),
    messenger,
    partnerCenter: (teardownId: string) =>
      partnerCenterClient(api({ apiUrl, tokens, pace, timeoutMs, nowMs }, teardownId)),
    nowMs,
  };
  return {
    settings,
    senders: outgoing,
    teardown: { ...shared, pacing: settings.pacing, random: () => Math.random() },
    sweep: {
      ...shared,
      rules: settings.sweep.rules,
      graceMs: settings.sweep.graceMs,
      spacingMs: spacingMs(requestsPerMinute),
    },
  };
}

/** Structured lines through the invocation's own log, so that they carry its id. */
export function logOf(context: InvocationContext, names: Readonly<Record<string, unknown>>): Log {
  const line = (message: string, fields?: Readonly<Record<string, unknown>>): string =>
    JSON.stringify({ message, ...names, ...fields });
  return {
    info: (message, fields) => context.log(line(message, fields)),
    warn: (message, fields) => context.warn(line(message, fields)),
  };
}
