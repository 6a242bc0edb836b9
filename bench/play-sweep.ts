import { Sandbox } from '../local/partner-center/core/sandbox.ts';
import type { PurchaseSpec } from '../local/partner-center/core/spec.ts';
import { rateLimiter } from '../src/partner-center/http/rate-limiter.ts';
import { sandboxProof } from '../src/teardown/guards/sandbox-proof.ts';
import { countingCustomers } from '../src/teardown/inventory/count-customers.ts';
import type { Log } from '../src/teardown/log/log.ts';
import type { Unanswered } from '../src/teardown/model/partner-center-error.ts';
import { spacingMs } from '../src/teardown/sweep/spacing.ts';
import { type Sweep, sweep } from '../src/teardown/sweep/sweep.ts';
import { type Teardown, takeCheck, takeRequest } from '../src/teardown/teardown.ts';
import { type Execution, ExecutionMeter } from './execution.ts';
import { inProcessClient } from './in-process-client.ts';
import { sandboxFetch } from './sandbox-fetch.ts';
import { VirtualQueue } from './virtual-queue.ts';

/** The documented limit; source: "API throttling guidance". */
export const REQUESTS_A_MINUTE = 500;
export const CUSTOMERS = 75;
export const PURCHASES = ['reservation', 'perpetual-software', 'new-commerce'] as const;

const backoff = {
  firstDelayMs: 5_000,
  multiplier: 1.5,
  maxDelayMs: 300_000,
  jitter: 0,
  maxChecks: 500,
  deadlineMs: 86_400_000,
};

export type PurchaseKind = PurchaseSpec['kind'];

export interface PlayedSweep {
  readonly sandbox: Sandbox;
  readonly executions: readonly Execution[];
  readonly outcomes: readonly string[];
  /** From the sweep to the last outcome, on the simulated clock. */
  readonly tookMs: number;
}

/**
 * A whole sweep on the simulated clock: 75 customers with three purchases each, against the simulated
 * sandbox's own throttle of 500 requests a minute. `cancelTakesMs` says how long cancelling a purchase takes,
 * by its number.
 */
export async function playSweep(
  cancelTakesMs: (purchase: number) => number,
  kinds: readonly PurchaseKind[] = PURCHASES,
): Promise<PlayedSweep> {
  let nowMs = Date.UTC(2026, 10, 22, 2);
  const startMs = nowMs;
  const sandbox = new Sandbox({ nowMs: () => nowMs, seed: 1 });
  sandbox.changeSettings({ requestsPerMinute: REQUESTS_A_MINUTE, pageSize: 100 });
  for (let index = 0; index < CUSTOMERS; index += 1) {
    const purchases = kinds.map((kind, place) => ({
      kind,
      cancelTakesMs: cancelTakesMs(index * kinds.length + place),
    }));
    sandbox.addCustomer({ domain: `c${index}.test.example`, purchases });
  }
  const meter = new ExecutionMeter();
  const queue = new VirtualQueue(() => nowMs, meter);
  const limiter = rateLimiter(REQUESTS_A_MINUTE, () => nowMs);
  const fetch = meter.counting(sandboxFetch(sandbox));
  const shared = {
    mode: 'enforce',
    protections: [],
    proveSandbox: sandboxProof({ tenantId: sandbox.tenantId, deniedTenantIds: [] }, () => nowMs),
    messenger: queue,
    partnerCenter: (teardownId: string, log: Log, unanswered?: Unanswered) =>
      countingCustomers(
        inProcessClient(
          { fetch, limiter, nowMs: () => nowMs, sandbox, log, unanswered },
          teardownId,
        ),
        log,
      ),
    nowMs: () => nowMs,
  } as const;
  const rules = { include: ['*.test.example'], maxCustomers: CUSTOMERS };
  const teardown: Teardown = { ...shared, sweepRules: rules, backoff, random: () => 0.5 };
  const deps: Sweep = {
    ...shared,
    rules,
    graceMs: 0,
    spacingMs: spacingMs(REQUESTS_A_MINUTE),
    minIdleMs: 12 * 60 * 60 * 1000,
    maxPastDueMs: 60 * 60 * 1000,
    lastDueMs: () => startMs,
  };
  await meter.run('nightlySweep', () =>
    sweep(deps, { isPastDue: false, nextMs: startMs }, meter.logOf),
  );
  for (let next = queue.take(); next !== undefined; next = queue.take()) {
    const { dueMs, body, messageId } = next;
    nowMs = Math.max(nowMs, dueMs);
    const [name, handle] =
      next.queue === 'requests'
        ? (['cancelOrders', takeRequest] as const)
        : (['deleteCustomer', takeCheck] as const);
    await meter.run(name, () => handle({ body, messageId }, teardown, meter.logOf));
  }
  return {
    sandbox,
    executions: meter.executions,
    outcomes: queue.outcomes,
    tookMs: nowMs - startMs,
  };
}
