import { defined } from '../../shared/defined.ts';
import { durationText } from '../../shared/duration.ts';
import type { SandboxProof } from '../guards/sandbox-proof.ts';
import type { Log, LogOf } from '../log/log.ts';
import type { TeardownMode } from '../model/mode.ts';
import type { PartnerCenterReader } from '../model/partner-center.ts';
import { asPartnerCenterError } from '../model/partner-center-error.ts';
import type { Protection } from '../model/protection.ts';
import { SWEEP_REFUSED_REASONS, type SweepRefusedReason } from '../model/reasons.ts';
import type { TeardownRequest } from '../model/request.ts';
import { MAX_SANDBOX_CUSTOMERS } from '../model/sandbox.ts';
import type { SweepCustomer, SweepEvent } from '../model/sweep-event.ts';
import type { SweepRules } from '../model/sweep-rules.ts';
import { explanationOf } from './explanation.ts';
import { type Firing, firingOf, type TimerRun } from './firing.ts';
import { noRules, planSweep, type SweepPlan } from './plan-sweep.ts';
import { sweepRequest } from './sweep-requests.ts';

/** Every method throws an Error where Service Bus does not take the message. */
export interface SweepMessenger {
  /** Schedules a request whose MessageId is `teardownId`. */
  sendRequest(teardownId: string, request: TeardownRequest, delayMs: number): Promise<void>;
  publishSweep(event: SweepEvent): Promise<void>;
}

export interface Sweep {
  readonly mode: TeardownMode;
  readonly rules: SweepRules;
  readonly protections: readonly Protection[];
  /** The time from the announcement to the first request. */
  readonly graceMs: number;
  /** The time between two requests, so that a whole sweep keeps within the rate limit. */
  readonly spacingMs: number;
  /** A customer with a newer purchase than this is skipped when its turn comes. */
  readonly minIdleMs: number;
  /** A sweep that runs later than this after its due time requests nothing. */
  readonly maxPastDueMs: number;
  /** The last due time at or before that moment. */
  lastDueMs(atMs: number): number | undefined;
  readonly proveSandbox: SandboxProof;
  readonly messenger: SweepMessenger;
  partnerCenter(correlation: string, log: Log): PartnerCenterReader;
  nowMs(): number;
}

/**
 * `nightlySweep`: requests the teardown of every customer that the rules include and no protection covers. The requests
 * are spread out, and each passes all guards when its turn comes, the sweep's rules included. A second run for the same
 * due time changes nothing: the request ids are `sweep-<due time>-<customer>`.
 *
 * @throws Error for a bug, or where Service Bus does not take a message
 */
export async function sweep(deps: Sweep, timer: TimerRun, logOf: LogOf): Promise<void> {
  const nowMs = deps.nowMs();
  const firing = firingOf(timer, deps.lastDueMs, nowMs);
  const { id } = firing;
  const log = logOf(id);
  const plan = await planOf(deps, firing, log, nowMs);
  const { customers, leftOut } = plan.kind === 'refused' ? NONE : plan;
  const firstDueMs = nowMs + deps.graceMs;
  const publish = (
    kind: SweepEvent['kind'],
    reason: SweepEvent['reason'],
    nextStep?: string,
  ): Promise<void> => {
    const explanation = explanationOf(kind, plan, deps, firstDueMs);
    log('sweep', { kind, reason, why: explanation, nextStep, customers: customers.length });
    return deps.messenger.publishSweep({
      id: `${id}:${kind}`,
      kind,
      reason,
      explanation,
      ...defined({ nextStep }),
      customers: customers.map(named),
      notRequested: leftOut.map(({ customer, ...why }) => ({ ...named(customer), ...why })),
      firstDueMs,
      endedMs: deps.nowMs(),
    });
  };

  if (plan.kind === 'refused') {
    return publish('refused', plan.reason, SWEEP_REFUSED_REASONS[plan.reason].nextStep);
  }
  if (deps.graceMs > 0) await publish('announced', 'grace-period');
  const firstSentMs = deps.nowMs();
  for (const [index, customer] of customers.entries()) {
    const dueMs = firstSentMs + deps.graceMs + index * deps.spacingMs;
    // Sending takes time as well, which would add up.
    const delayMs = Math.max(0, dueMs - deps.nowMs());
    const request = sweepRequest(customer, deps);
    await deps.messenger.sendRequest(`${id}-${customer.id}`, request, delayMs);
  }
  return publish('completed', 'requested');
}

const NONE = { customers: [], leftOut: [] } as const;

function named({ id, domain }: { readonly id: string; readonly domain?: string }): SweepCustomer {
  return defined({ customerTenantId: id, domain });
}

/** Plans the sweep. Customers are listed only if there are rules, and the account is proven to be the sandbox. */
async function planOf(
  deps: Sweep,
  { id, lateMs }: Firing,
  log: Log,
  nowMs: number,
): Promise<SweepPlan> {
  const refuse = (reason: SweepRefusedReason, explanation: string): SweepPlan => ({
    kind: 'refused',
    reason,
    explanation,
  });
  if (deps.mode === 'off') {
    return refuse('switched-off', 'TEARDOWN_MODE is "off", so there is no sweep.');
  }
  if (deps.rules.include.length === 0) return noRules;
  if (lateMs > deps.maxPastDueMs) {
    return refuse(
      'past-due',
      `The sweep runs ${durationText(lateMs)} after its due time, more than SWEEP_MAX_PAST_DUE (${durationText(deps.maxPastDueMs)}), so nothing was requested.`,
    );
  }
  const reader = deps.partnerCenter(id, log);
  try {
    const objection = await deps.proveSandbox(reader);
    if (objection !== undefined) return refuse('not-a-sandbox', objection);
    const customers = await reader.listCustomers(MAX_SANDBOX_CUSTOMERS);
    return planSweep(customers, deps.rules, deps.protections, nowMs);
  } catch (error) {
    return refuse('no-answer', asPartnerCenterError(error).message);
  }
}
