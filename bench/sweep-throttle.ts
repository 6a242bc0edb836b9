import { fileURLToPath } from 'node:url';
import { Sandbox } from '../local/partner-center/core/sandbox.ts';
import { requestPace } from '../src/partner-center/request-pace.ts';
import { sandboxProof } from '../src/teardown/guards/sandbox-proof.ts';
import { spacingMs } from '../src/teardown/sweep/spacing.ts';
import { sweep } from '../src/teardown/sweep/sweep.ts';
import { type Teardown, takeCheck, takeRequest } from '../src/teardown/teardown.ts';
import { inProcessClient } from './in-process-client.ts';
import { sandboxFetch } from './sandbox-fetch.ts';
import { VirtualQueue } from './virtual-queue.ts';

/** The documented limit; source: "API throttling guidance". */
const REQUESTS_A_MINUTE = 500;
const CUSTOMERS = 75;
const MINUTE_MS = 60 * 1000;
const silent = () => () => undefined;

export interface SweepFigures {
  readonly requests: number;
  readonly throttled: number;
  readonly deleted: number;
  readonly requestsEach: number;
  readonly tookMs: number;
  /** What so many requests need at the documented rate, if nothing else took time. */
  readonly throttleAloneMs: number;
}

/**
 * A whole sweep on the simulated clock: 75 customers with three purchases each, nothing pending, against the
 * simulated sandbox's own throttle of 500 requests a minute.
 */
export async function sweepFigures(): Promise<SweepFigures> {
  let nowMs = Date.UTC(2026, 10, 22, 2);
  const startMs = nowMs;
  const sandbox = new Sandbox({ nowMs: () => nowMs, seed: 1 });
  sandbox.changeSettings({ requestsPerMinute: REQUESTS_A_MINUTE, pageSize: 100 });
  for (let index = 0; index < CUSTOMERS; index += 1) {
    const purchases = (['reservation', 'perpetual-software', 'new-commerce'] as const).map(
      (kind) => ({ kind, cancelTakesMs: 0 }),
    );
    sandbox.addCustomer({ domain: `c${index}.test.example`, purchases });
  }
  const queue = new VirtualQueue(() => nowMs);
  const pace = requestPace(REQUESTS_A_MINUTE, () => nowMs);
  const client = (teardownId: string) =>
    inProcessClient(
      { fetch: sandboxFetch(sandbox), pace, nowMs: () => nowMs, sandbox },
      teardownId,
    );
  const proveSandbox = sandboxProof(
    { tenantId: sandbox.tenantId, deniedTenantIds: [] },
    () => nowMs,
  );
  const teardown: Teardown = {
    mode: 'enforce',
    protections: [],
    pacing: {
      firstDelayMs: 5_000,
      factor: 1.5,
      longestDelayMs: 300_000,
      jitter: 0,
      mostLooks: 500,
      deadlineMs: 86_400_000,
    },
    proveSandbox,
    messenger: queue,
    partnerCenter: client,
    nowMs: () => nowMs,
    random: () => 0.5,
  };
  await sweep(
    {
      mode: 'enforce',
      rules: { include: ['*.test.example'], mostCustomers: CUSTOMERS },
      protections: [],
      graceMs: 0,
      spacingMs: spacingMs(REQUESTS_A_MINUTE),
      proveSandbox,
      messenger: queue,
      partnerCenter: client,
      nowMs: () => nowMs,
    },
    silent,
  );
  for (let next = queue.take(); next !== undefined; next = queue.take()) {
    nowMs = Math.max(nowMs, next.dueMs);
    const handle = next.queue === 'requests' ? takeRequest : takeCheck;
    await handle({ body: next.body, messageId: next.messageId }, teardown, silent);
  }
  const log = sandbox.requests();
  const deleted = sandbox.state().deletedCustomers.length;
  return {
    requests: log.total,
    throttled: log.byStatus['429'] ?? 0,
    deleted,
    requestsEach: log.total / CUSTOMERS,
    tookMs: nowMs - startMs,
    throttleAloneMs: (log.total / REQUESTS_A_MINUTE) * MINUTE_MS,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const figures = await sweepFigures();
  const share = figures.throttleAloneMs / figures.tookMs;
  console.log(
    `Sweep of ${CUSTOMERS} customers with three purchases each, ${REQUESTS_A_MINUTE} requests a minute (simulated clock):`,
  );
  console.log(`  deleted            ${figures.deleted}`);
  console.log(`  API requests       ${figures.requests} (${figures.requestsEach.toFixed(2)} each)`);
  console.log(`  answered 429       ${figures.throttled}`);
  console.log(`  took               ${(figures.tookMs / 1000).toFixed(1)} s`);
  console.log(`  throttle alone     ${(figures.throttleAloneMs / 1000).toFixed(1)} s`);
  console.log(`  of the throttle    ${(share * 100).toFixed(1)} %`);
}
