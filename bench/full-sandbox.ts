import { type PurchaseSpec, Sandbox } from 'partner-center-sandbox/core';

/** The documented limit; source: "API throttling guidance". */
export const REQUESTS_A_MINUTE = 500;
export const CUSTOMERS = 75;
export const PURCHASES = ['reservation', 'perpetual-software', 'new-commerce'] as const;
/** One more check, because the plan ends after its Azure subscriptions. */
export const WITH_AZURE = ['azure-plan', 'reservation', 'new-commerce'] as const;

export type PurchaseKind = PurchaseSpec['kind'];

export interface Contents {
  /** How long cancelling a purchase takes, by its number. */
  readonly cancelTakesMs: (purchase: number) => number;
  readonly kinds?: readonly PurchaseKind[] | undefined;
  readonly requestsPerMinute?: number;
}

/** A simulated sandbox with as many customers as it can hold. */
export function fullSandbox(
  nowMs: () => number,
  { cancelTakesMs, kinds = PURCHASES, requestsPerMinute = REQUESTS_A_MINUTE }: Contents,
): Sandbox {
  const sandbox = new Sandbox({ nowMs, seed: 1 });
  // With permission to read entitlements the app sends more requests.
  sandbox.changeSettings({ requestsPerMinute, pageSize: 100, refuseEntitlementsToAppOnly: false });
  for (let index = 0; index < CUSTOMERS; index += 1) {
    const purchases = kinds.map((kind, place) => ({
      kind,
      cancelTakesMs: cancelTakesMs(index * kinds.length + place),
    }));
    sandbox.addCustomer({ domain: `c${index}.test.example`, purchases });
  }
  return sandbox;
}
