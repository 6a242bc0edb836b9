import type { SandboxProof } from '../guards/sandbox-proof.ts';
import { MOST_SANDBOX_CUSTOMERS } from '../guards/sandbox-proof.ts';
import type { Log } from '../log.ts';
import type { TeardownMode } from '../mode.ts';
import type { PartnerCenterReader } from '../partner-center.ts';
import type { Protection } from '../protection.ts';
import type { TeardownRequest } from '../request.ts';
import { planSweep, type SweepRules } from './plan-sweep.ts';

export interface SweepMessenger {
  /** Schedules a request whose MessageId is `teardownId`. */
  sendRequest(teardownId: string, request: TeardownRequest, delayMs: number): Promise<void>;
  publishSweep(event: SweepEvent): Promise<void>;
}

export interface SweepEvent {
  /** The same for a sweep that fires twice. */
  readonly id: string;
  readonly kind: 'announced' | 'completed' | 'refused';
  readonly reason: string;
  readonly explanation: string;
  readonly customers: readonly { readonly customerTenantId: string; readonly domain?: string }[];
  /** When the first request is due, in milliseconds since the epoch. */
  readonly firstDueMs: number;
  readonly endedMs: number;
}

export interface Sweep {
  readonly mode: TeardownMode;
  readonly rules: SweepRules;
  readonly protections: readonly Protection[];
  /** From the announcement to the first request. */
  readonly graceMs: number;
  /** Between two requests, so that a whole sweep keeps within the API's budget. */
  readonly spacingMs: number;
  readonly proveSandbox: SandboxProof;
  readonly messenger: SweepMessenger;
  partnerCenter(correlation: string, log: Log): PartnerCenterReader;
  nowMs(): number;
}

/** Every request of a sweep carries who asked for it. */
const REQUESTED_BY = 'nightlySweep';

/**
 * `nightlySweep`: requests the teardown of every customer that the rules include and nobody protects. The
 * requests are spread out, and each asks all guards again when its turn comes. Run twice on one day it
 * changes nothing: its request ids are `sweep-<date>-<customer>`.
 */
export async function sweep(means: Sweep, log: Log): Promise<void> {
  const nowMs = means.nowMs();
  const date = new Date(nowMs).toISOString().slice(0, 10);
  const publish = (
    kind: SweepEvent['kind'],
    reason: string,
    explanation: string,
    customers: SweepEvent['customers'] = [],
  ): Promise<void> => {
    log.info('sweep', { kind, reason, why: explanation, customers: customers.length });
    const id = `sweep-${date}:${kind}`;
    const firstDueMs = nowMs + means.graceMs;
    return means.messenger.publishSweep({
      id,
      kind,
      reason,
      explanation,
      customers,
      firstDueMs,
      endedMs: means.nowMs(),
    });
  };

  if (means.mode === 'off') {
    return publish('refused', 'switched-off', 'TEARDOWN_MODE is "off", so there is no sweep.');
  }
  if (means.rules.include.length === 0) {
    const refused = planSweep([], means.rules, [], nowMs);
    return publish('refused', 'no-rules', refused.explanation);
  }
  const reader = means.partnerCenter(`sweep-${date}`, log);
  const objection = await means.proveSandbox(reader);
  if (objection !== undefined) return publish('refused', 'not-a-sandbox', objection);
  const customers = await reader.listCustomers(MOST_SANDBOX_CUSTOMERS);
  const plan = planSweep(customers, means.rules, means.protections, nowMs);
  if (plan.kind === 'refused') return publish('refused', plan.reason, plan.explanation);

  const named = plan.customers.map(({ id, domain }) => ({
    customerTenantId: id,
    ...(domain !== undefined && { domain }),
  }));
  if (means.graceMs > 0) {
    await publish('announced', 'grace-period', plan.explanation, named);
  }
  for (const [index, { id }] of plan.customers.entries()) {
    await means.messenger.sendRequest(
      `sweep-${date}-${id}`,
      { customerTenantId: id, requestedBy: REQUESTED_BY },
      means.graceMs + index * means.spacingMs,
    );
  }
  await publish('completed', 'requested', plan.explanation, named);
}
