import * as v from 'valibot';
import { SEAT_QUOTA } from './quotas.ts';
import { RefusalSchema } from './refusal-spec.ts';

/** What a test may ask the sandbox to hold: small and friendly, checked strictly. */

export const purchaseKinds = [
  'reservation',
  'perpetual-software',
  'software-subscription',
  'new-commerce',
  'saas',
  'azure-plan',
  'licence',
  'legacy-azure',
  'savings-plan',
  'unknown',
] as const;
export type PurchaseKind = (typeof purchaseKinds)[number];

/** OrderStatus of article order-resources, as two samples write it; `po_review_rejected` and `partial_success` INFERRED. */
export const orderStatuses = [
  'unknown',
  'completed',
  'pending',
  'cancelled',
  'suspended',
  'pending_review',
  'pending_po_upload',
  'po_upload_complete',
  'po_review_rejected',
  'partial_success',
  'error',
] as const;
export type OrderStatus = (typeof orderStatuses)[number];

/** Codes that a PATCH of a subscription can be refused with for its own sake (article error-codes). */
export const patchRefusals = [
  '2006',
  '800012',
  '800021',
  '800030',
  '900263',
  '900277',
  '900280',
  '900311',
] as const;

/** States of a customer's account that keep partners from transactions (article error-codes). */
export const accountStates = [
  'under-review',
  'not-approved',
  'agreement-missing',
  'reseller-program-inactive',
] as const;

const MAX_LINES = 5;
const MAX_ENTITLEMENTS = 20;
/** "3 Azure subscriptions per plan", article test-and-debug; production accounts have more. */
const MAX_AZURE_SUBSCRIPTIONS = 20;
const MAX_PURCHASES = 50;
const MAX_AGE_DAYS = 3_650;
const MAX_DELAY_MS = 30 * 24 * 3_600_000;
const MAX_READS = 1_000;
const MAX_REFUSALS = 50;
const MAX_TEXT = 200;

const wholeNumber = (lowest: number, highest: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(lowest), v.maxValue(highest));
const delayMs = wholeNumber(0, MAX_DELAY_MS);
const guid = v.pipe(
  v.string(),
  v.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'must be a GUID'),
);

export const PurchaseSpecSchema = v.strictObject({
  kind: v.picklist(purchaseKinds),
  /** Of each line, at most the quota of seats so that seeds stay realistic. Default 1; 0 is what a line reads whose purchase was cancelled before. */
  quantity: v.exactOptional(wholeNumber(0, SEAT_QUOTA)),
  /** How long ago it was bought. Default 1; of more than 60 days, no call cancels an order (setting `sixtyDays`). */
  ageDays: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(MAX_AGE_DAYS))),
  /** Line items of the order; for what is billed by subscription, each line is one. Default 1; an order may have none. */
  lines: v.exactOptional(wholeNumber(0, MAX_LINES)),
  /** Further lines of other kinds in the same order, one each. Default none. */
  together: v.exactOptional(v.pipe(v.array(v.picklist(purchaseKinds)), v.maxLength(MAX_LINES))),
  /** Entitlements that refer to the order (reservations and software only). Default: one for each line. */
  entitlements: v.exactOptional(wholeNumber(0, MAX_ENTITLEMENTS)),
  /** Further orders whose entitlement is found only nested, each one level deeper than the last. Default 0. */
  nested: v.exactOptional(wholeNumber(0, MAX_ENTITLEMENTS)),
  /** Azure subscriptions under an Azure plan. Default 1. */
  azureSubscriptions: v.exactOptional(wholeNumber(0, MAX_AZURE_SUBSCRIPTIONS)),
  /** An add-on to the customer's purchase before this one (`parentSubscriptionId`). */
  addOn: v.exactOptional(v.boolean()),
  trial: v.exactOptional(v.boolean()),
  /**
   * Where the purchase stands when it is seeded. `active` (default), `pending` (an order still being provisioned, a
   * subscription with an operation under way), `released` (cancelled, deleted or suspended: whatever ends this kind),
   * and for subscriptions also `suspended`, `deleted`, `expired`, `disabled` (of an Azure plan: by spending), `none`.
   */
  status: v.exactOptional(
    v.picklist([
      'active',
      'pending',
      'released',
      'suspended',
      'deleted',
      'expired',
      'disabled',
      'none',
    ]),
  ),
  /** Where the order stands, as it reads; in place of what `status` makes of it. Review and upload wait for a person unless `pendingForMs` ends them. */
  orderStatus: v.exactOptional(v.picklist(orderStatuses)),
  /** How the processing of an order ends. Default `completed`. */
  reviewEndsAs: v.exactOptional(v.picklist(['completed', 'po_review_rejected', 'partial_success'])),
  /** Of an order that reads `partial_success`, or will: how many lines failed, counted from the last. Default 1. */
  failedLines: v.exactOptional(wholeNumber(1, 2 * MAX_LINES)),
  /** How long a purchase seeded `pending` stays so before it is active. Default one minute. */
  pendingForMs: v.exactOptional(delayMs),
  /** From the cancelling call until it reads as cancelled. Default: drawn from the seed, see `SandboxSettings`. */
  cancelTakesMs: v.exactOptional(delayMs),
  /** Reads that still show `pending` after the cancelling call, whatever the clock says. Default 0. */
  cancelTakesReads: v.exactOptional(wholeNumber(0, MAX_READS)),
  /** The cancelling call is accepted and nothing ever comes of it. */
  neverCancels: v.exactOptional(v.boolean()),
  /** The purchase exists, and blocks, from the start but is listed only after this long. Default 0. */
  visibleAfterMs: v.exactOptional(delayMs),
  /** The same for its subscriptions or entitlements alone. Default: as the order. */
  subscriptionVisibleAfterMs: v.exactOptional(delayMs),
  entitlementVisibleAfterMs: v.exactOptional(delayMs),
  /** In place of the product's own. */
  billingCycle: v.exactOptional(
    v.picklist(['one_time', 'monthly', 'annual', 'triennial', 'none', 'unknown']),
  ),
  term: v.exactOptional(v.picklist(['P1M', 'P1Y', 'P3Y'])),
  /** The order's `id`: 33 characters, 12 hexadecimal ones, a GUID or 11 to 12 digits. Default: as most samples of its kind. */
  orderIdForm: v.exactOptional(v.picklist(['long', 'short', 'guid', 'decimal'])),
  /** Its `alternateId`: short (default), the id again, a GUID, or none, on the order and in its entitlements. */
  alternateIdForm: v.exactOptional(v.picklist(['short', 'same', 'guid', 'absent'])),
  /** What its subscriptions show as `orderId`. Default `id`. */
  subscriptionOrderId: v.exactOptional(v.picklist(['id', 'alternateId', 'absent'])),
  /** Of each entitlement: how many the quantity leaves out (article entitlement-resources). */
  unfulfilled: v.exactOptional(wholeNumber(0, SEAT_QUOTA)),
  transferred: v.exactOptional(wholeNumber(0, SEAT_QUOTA)),
  /** Entitlements included in each one, which repeat its order (article get-a-collection-of-entitlements). Default 0. */
  included: v.exactOptional(wholeNumber(0, MAX_ENTITLEMENTS)),
  /** Whether the setup of marketplace SaaS is complete (article activate-sandbox-subscription-azure-marketplace-products). Default true. */
  activated: v.exactOptional(v.boolean()),
  /** Default true, also for trials (article create-a-new-subscription). */
  autoRenew: v.exactOptional(v.boolean()),
  /** Changes are scheduled for the next term (article create-scheduled-changes). */
  scheduledChanges: v.exactOptional(v.boolean()),
  /** From the seeding until the term ends. Default: from its age. Trials last 30 days. */
  termEndsInMs: v.exactOptional(delayMs),
  /** A licence that is being migrated to new commerce, and how that ends: active again, or gone for a new subscription. */
  migration: v.exactOptional(v.picklist(['reverts', 'completes'])),
  migrationTakesMs: v.exactOptional(delayMs),
  /** Every PATCH of its subscription is refused with this code, for so long if that is said. */
  patchRefusal: v.exactOptional(v.picklist(patchRefusals)),
  patchRefusalForMs: v.exactOptional(delayMs),
  /** An Azure plan is disabled by spending for so long; "until the next billing cycle" (article test-and-debug). */
  overspentForMs: v.exactOptional(delayMs),
});
export type PurchaseSpec = v.InferOutput<typeof PurchaseSpecSchema>;

export const CustomerSpecSchema = v.strictObject({
  id: v.exactOptional(guid),
  domain: v.exactOptional(v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAX_TEXT))),
  companyName: v.exactOptional(v.pipe(v.string(), v.nonEmpty(), v.maxLength(MAX_TEXT))),
  /** "A customer created in the sandbox with an invalid address can never be deleted", article create-a-customer. */
  invalidAddress: v.exactOptional(v.boolean()),
  /** The account is locked: nothing can be written, 403/900416. */
  locked: v.exactOptional(v.boolean()),
  /** What keeps the partner from transactions for this customer, for so long if that is said. */
  account: v.exactOptional(v.picklist(accountStates)),
  accountForMs: v.exactOptional(delayMs),
  /** Its Azure plans are disabled by spending. */
  overspent: v.exactOptional(v.boolean()),
  /** How a correct teardown tool ends with this customer; kept and shown, never used by a rule. */
  expected: v.exactOptional(v.picklist(['deleted', 'parked'])),
  /** Calls that it refuses; the first that fits counts. */
  refusals: v.exactOptional(v.pipe(v.array(RefusalSchema), v.maxLength(MAX_REFUSALS))),
  purchases: v.exactOptional(v.pipe(v.array(PurchaseSpecSchema), v.maxLength(MAX_PURCHASES))),
});
export type CustomerSpec = v.InferOutput<typeof CustomerSpecSchema>;
