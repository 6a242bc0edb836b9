import { commandLine } from '@sandbox-teardown/shared/command-line';
import {
  CUSTOMERS,
  PURCHASES,
  type PurchaseKind,
  playSweep,
  REQUESTS_A_MINUTE,
} from './play-sweep.ts';

const MINUTE_MS = 60 * 1000;
const TEN_SECONDS_MS = 10 * 1000;

/** One more check, because the plan ends after its Azure subscriptions. */
export const WITH_AZURE = ['azure-plan', 'reservation', 'new-commerce'] as const;

export interface SweepFigures {
  readonly requests: number;
  readonly throttled: number;
  readonly deleted: number;
  readonly requestsEach: number;
  readonly tookMs: number;
  /** How long this many requests take at the documented rate, if nothing else takes time. */
  readonly throttleAloneMs: number;
}

/** A sweep of a full sandbox, with the share of the throttle that it uses, for a duration of each cancellation. */
export async function sweepFigures(
  cancelTakesMs: number,
  purchases: readonly PurchaseKind[] = PURCHASES,
): Promise<SweepFigures> {
  const { sandbox, tookMs } = await playSweep(() => cancelTakesMs, purchases);
  const log = sandbox.requests();
  return {
    requests: log.total,
    throttled: log.byStatus['429'] ?? 0,
    deleted: sandbox.state().deletedCustomers.length,
    requestsEach: log.total / CUSTOMERS,
    tookMs,
    throttleAloneMs: (log.total / REQUESTS_A_MINUTE) * MINUTE_MS,
  };
}

function print(cancelled: string, figures: SweepFigures): void {
  const share = figures.throttleAloneMs / figures.tookMs;
  console.log(`Cancelled ${cancelled}:`);
  console.log(`  deleted            ${figures.deleted}`);
  console.log(`  API requests       ${figures.requests} (${figures.requestsEach.toFixed(2)} each)`);
  console.log(`  answered 429       ${figures.throttled}`);
  console.log(`  took               ${(figures.tookMs / 1000).toFixed(1)} s`);
  console.log(`  throttle alone     ${(figures.throttleAloneMs / 1000).toFixed(1)} s`);
  console.log(`  of the throttle    ${(share * 100).toFixed(1)} %`);
}

if (import.meta.main) {
  commandLine(
    'npm run bench --',
    'A sweep of a full sandbox on the simulated clock: requests, 429s, share of the throttle.',
  ).parse();
  console.log(
    `Sweep of ${CUSTOMERS} customers with three purchases each, ${REQUESTS_A_MINUTE} requests a minute (simulated clock).`,
  );
  print('at once', await sweepFigures(0));
  print('after ten seconds, which no throttle shortens', await sweepFigures(TEN_SECONDS_MS));
  print('at once, an Azure plan among the three', await sweepFigures(0, WITH_AZURE));
}
