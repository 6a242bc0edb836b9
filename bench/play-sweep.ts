import type { Sandbox } from 'partner-center-sandbox/core';
import { STEADY_BACKOFF } from '../simulation/backoff.ts';
import { inProcessApp } from '../simulation/in-process-app.ts';
import { Timeline } from '../simulation/timeline.ts';
import { SHARE_PLANNED, startSpacingMs } from '../src/teardown/reconcile/start-spacing.ts';
import { sweep } from '../src/teardown/sweep/sweep.ts';
import { takeCheck, takeRequest } from '../src/teardown/teardown.ts';
import { type Execution, ExecutionMeter } from './execution.ts';
import { CUSTOMERS, fullSandbox, REQUESTS_A_MINUTE } from './full-sandbox.ts';
import { PlayedBus } from './played-bus.ts';
import { sandboxFetch } from './sandbox-fetch.ts';

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
export async function playSweep(cancelTakesMs: (purchase: number) => number): Promise<PlayedSweep> {
  const startMs = Date.UTC(2026, 10, 22, 2);
  const time = new Timeline();
  time.advanceTo(startMs);
  const nowMs = () => time.nowMs;
  const sandbox = fullSandbox(nowMs, { cancelTakesMs });
  const meter = new ExecutionMeter();
  const bus = new PlayedBus(time, () => meter.messageSent());
  const fetch = meter.counting(sandboxFetch(sandbox));
  const app = inProcessApp({
    sandbox: { tenantId: sandbox.tenantId, deniedTenantIds: [] },
    ...{ requestsPerMinute: REQUESTS_A_MINUTE, nowMs },
  });
  const edges = { senders: bus.senders, peek: bus.peek, fetch };
  const sweepRules = { include: ['*.test.example'], maxCustomers: CUSTOMERS };
  const now = { mode: 'enforce', protections: [], sweepRules } as const;
  const teardown = app.teardown(now, STEADY_BACKOFF, edges);
  const settings = {
    graceMs: 0,
    spacingMs: startSpacingMs(REQUESTS_A_MINUTE, SHARE_PLANNED.sweep),
    minIdleMs: 12 * 60 * 60 * 1000,
    maxPastDueMs: 60 * 60 * 1000,
    lastDueMs: () => startMs,
  };
  const deps = app.sweep(now, settings, edges);
  await meter.run('nightlySweep', () =>
    sweep(deps, { isPastDue: false, nextMs: startMs }, meter.logOf),
  );
  for (let next = bus.take(); next !== undefined; next = bus.take()) {
    const { queue, body, messageId } = next;
    const [name, handle] =
      queue === 'requests'
        ? (['cancelOrders', takeRequest] as const)
        : (['deleteCustomer', takeCheck] as const);
    await meter.run(name, () => handle({ body, messageId }, teardown, meter.logOf));
  }
  return {
    sandbox,
    executions: meter.executions,
    outcomes: bus.outcomes.map(({ outcome }) => outcome),
    tookMs: time.nowMs - startMs,
  };
}
