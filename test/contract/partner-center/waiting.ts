import type { Time } from './contract.ts';

const MINUTE_MS = 60_000;

export interface Patience {
  readonly everyMs: number;
  readonly maxMs: number;
}

/** How long things take by the articles, and some more; they are read now and then. */
export const patience = {
  /** "Expect about 10 mins for the status to be reflected", article cancel-an-azure-subscription. */
  azureSubscription: { everyMs: MINUTE_MS / 2, maxMs: 20 * MINUTE_MS },
  /** "A delay of up to 15 minutes", articles csp-software-subscriptions and get-all-of-a-customer-s-orders. */
  purchase: { everyMs: MINUTE_MS / 4, maxMs: 20 * MINUTE_MS },
  /** A 409 during a renewal: "after waiting for two minutes", article create-a-new-subscription. */
  conflict: { everyMs: 2 * MINUTE_MS, maxMs: 6 * MINUTE_MS },
} as const satisfies Readonly<Record<string, Patience>>;

/** Checks again and again until it is done, or patience is at its end; what was seen last, either way. */
export async function until<T>(
  time: Time,
  { everyMs, maxMs }: Patience,
  check: () => Promise<T>,
  isDone: (seen: T) => boolean,
): Promise<T> {
  const startedMs = time.nowMs();
  for (;;) {
    const seen = await check();
    if (isDone(seen) || time.nowMs() - startedMs + everyMs > maxMs) return seen;
    await time.wait(everyMs);
  }
}
