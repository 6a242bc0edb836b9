import type { SandboxProof } from '../guards/sandbox-proof.ts';
import { MOST_SANDBOX_CUSTOMERS } from '../guards/sandbox-proof.ts';
import type { Log, LogOf } from '../log.ts';
import type { TeardownMode } from '../mode.ts';
import type { PartnerCenterReader } from '../partner-center.ts';
import type { Protection } from '../protection.ts';
import { PartnerCenterRefusal } from '../refusal.ts';
import type { TeardownRequest } from '../request.ts';
import {
  noRules,
  planSweep,
  type SweepPlan,
  type SweepRefusal,
  type SweepRules,
} from './plan-sweep.ts';

export interface SweepMessenger {
  /** Schedules a request whose MessageId is `teardownId`. */
  sendRequest(teardownId: string, request: TeardownRequest, delayMs: number): Promise<void>;
  publishSweep(event: SweepEvent): Promise<void>;
}

export interface SweepEvent {
  /** The same for a sweep that fires twice. */
  readonly id: string;
  readonly kind: 'announced' | 'completed' | 'refused';
  readonly reason: SweepRefusal | 'grace-period' | 'requested';
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
export async function sweep(means: Sweep, logOf: LogOf): Promise<void> {
  const nowMs = means.nowMs();
  const id = `sweep-${new Date(nowMs).toISOString().slice(0, 10)}`;
  const log = logOf(id);
  const plan = await planOf(means, id, log, nowMs);
  const customers = plan.kind === 'refused' ? [] : plan.customers;
  const publish = (kind: SweepEvent['kind'], reason: SweepEvent['reason']): Promise<void> => {
    log('sweep', { kind, reason, why: plan.explanation, customers: customers.length });
    return means.messenger.publishSweep({
      id: `${id}:${kind}`,
      kind,
      reason,
      explanation: plan.explanation,
      customers: customers.map(({ id: customerTenantId, domain }) => ({
        customerTenantId,
        ...(domain !== undefined && { domain }),
      })),
      firstDueMs: nowMs + means.graceMs,
      endedMs: means.nowMs(),
    });
  };

  if (plan.kind === 'refused') return publish('refused', plan.reason);
  if (means.graceMs > 0) await publish('announced', 'grace-period');
  for (const [index, customer] of customers.entries()) {
    const request = { customerTenantId: customer.id, requestedBy: REQUESTED_BY };
    const delayMs = means.graceMs + index * means.spacingMs;
    await means.messenger.sendRequest(`${id}-${customer.id}`, request, delayMs);
  }
  return publish('completed', 'requested');
}

/** Tonight's plan. Customers are only listed where there are rules, in what is proven to be the sandbox. */
async function planOf(means: Sweep, id: string, log: Log, nowMs: number): Promise<SweepPlan> {
  const refuse = (reason: SweepRefusal, explanation: string): SweepPlan => ({
    kind: 'refused',
    reason,
    explanation,
  });
  if (means.mode === 'off') {
    return refuse('switched-off', 'TEARDOWN_MODE is "off", so there is no sweep.');
  }
  if (means.rules.include.length === 0) return noRules;
  const reader = means.partnerCenter(id, log);
  try {
    const objection = await means.proveSandbox(reader);
    if (objection !== undefined) return refuse('not-a-sandbox', objection);
    const customers = await reader.listCustomers(MOST_SANDBOX_CUSTOMERS);
    return planSweep(customers, means.rules, means.protections, nowMs);
  } catch (error) {
    if (error instanceof PartnerCenterRefusal) return refuse('no-answer', error.message);
    throw error;
  }
}
