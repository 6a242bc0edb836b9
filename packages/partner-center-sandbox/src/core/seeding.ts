import type { Random } from './random.ts';
import type { SandboxSettings } from './settings.ts';
import type { PurchaseSpec } from './spec.ts';

/** Where and when a customer is seeded. */
export interface Seeding {
  readonly nowMs: number;
  readonly random: Random;
  readonly settings: SandboxSettings;
  readonly sequence: number;
}

/** The identifiers that one purchase got. */
export interface PurchaseIds {
  readonly kind: PurchaseSpec['kind'];
  readonly orderIds: string[];
  readonly alternateIds: string[];
  readonly subscriptionIds: string[];
  readonly azureEntitlementIds: string[];
}

const DEFAULT_PENDING_MS = 60_000;

/** How long a purchase that is seeded `pending` stays so. */
export const pendingMs = (spec: PurchaseSpec) => spec.pendingForMs ?? DEFAULT_PENDING_MS;

/** Without a time, for ever. */
export const until = (forMs: number | undefined, nowMs: number): number =>
  forMs === undefined ? Number.POSITIVE_INFINITY : nowMs + forMs;
