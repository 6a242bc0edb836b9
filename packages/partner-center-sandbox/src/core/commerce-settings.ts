import * as v from 'valibot';

/**
 * Open questions of the commerce rules, each a setting that plays either answer. A default is what an article says, or
 * else the plainest guess; UNCONFIRMED where no source has it.
 */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const MAX_DELAY_MS = 30 * 24 * HOUR_MS;
const delayMs = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_DELAY_MS));

/** A time drawn from the seed between the two. */
export const drawnTime = v.pipe(
  v.strictObject({ lowest: delayMs, highest: delayMs }),
  v.check(({ lowest, highest }) => lowest <= highest, 'lowest must not be above highest'),
);

export const commerceEntries = {
  /** Article cancel-an-azure-subscription knows 900307 and one reason, `compromise`; that others are refused is INFERRED. */
  cancellationReasons: v.picklist(['documented-only', 'any']),
  /** What cancelling an Azure subscription answers: 200 in the article, 202 in the REST reference. */
  azureCancelStatus: v.picklist([200, 202]),
  /** "Expect about 10 mins" (article cancel-an-azure-subscription), when a purchase does not say. */
  azureCancelTakesMs: drawnTime,
  /** How a cancelled Azure subscription reads: `inactive` in the article; other words are UNCONFIRMED. */
  cancelledAzureReads: v.picklist(['inactive', 'cancelled', 'deleted']),
  /** What cancelling one answers that still reads active, or no longer. UNCONFIRMED. */
  repeatedAzureCancel: v.picklist(['accepted', 'not-active', 'pending-operation']),
  /** What keeps an Azure plan from being suspended: Azure subscriptions and reservations (article create-azure-plan); savings plans are UNCONFIRMED. */
  azurePlanHeldBy: v.picklist(['azure-subscriptions', 'reservations-too', 'savings-plans-too']),
  /**
   * What the list of Azure subscriptions answers for a subscription that is no Azure plan: 400/800011 "not a valid Azure
   * subscription" (article error-codes; that it is said here is INFERRED), or an empty list. UNCONFIRMED.
   */
  azureListOfOthers: v.picklist(['refused', 'empty']),
  /** Whether Microsoft Azure from before Azure plans shows the product type `Azure`. UNCONFIRMED: its sample of 2017 has none. */
  legacyAzureType: v.picklist(['absent', 'shown']),
  /** How plans read that are "temporarily disabled" by spending (article test-and-debug). UNCONFIRMED. */
  overspentPlanReads: v.picklist(['disabled', 'active']),
  /** Whether such a plan can be suspended. UNCONFIRMED. */
  overspentPlanSuspends: v.boolean(),
  /**
   * What "sandbox orders older than 60 days cannot be cancelled" binds (article cancel-an-order-from-the-integration-sandbox):
   * what is cancelled by order, or also what is cancelled by PATCH subscription `deleted`. Suspending is bound by nothing.
   */
  sixtyDays: v.picklist(['orders', 'everything-cancelled']),
  /** Marketplace: 24 hours if monthly, else 14 days (article new-commerce-cancellation-policy). UNCONFIRMED for the sandbox. */
  marketplaceWindows: v.picklist(['none', 'as-in-production']),
  /** Software: 30 days perpetual, 7 days subscriptions (article csp-software-subscriptions). UNCONFIRMED for the sandbox. */
  softwareWindows: v.picklist(['none', 'as-in-production']),
  /** Whether `cancellationAllowedUntilDate` and `refundOptions` show the window that is enforced, always production's, or are left out. UNCONFIRMED. */
  cancellationDates: v.picklist(['as-enforced', 'as-in-production', 'absent']),
  /**
   * Which of them is shown: samples of new commerce and of the marketplace have `refundOptions` alone, those of software
   * the date alone, and the table of article subscription-resources has both. Whether each is always there is UNCONFIRMED.
   */
  cancellationFields: v.picklist(['both', 'refund-options', 'until-date']),
  /** Whether a trial shows its `commitmentEndDate`. UNCONFIRMED: every sample of a subscription has one, and none is of a trial. */
  trialEndDates: v.picklist(['shown', 'absent']),
  /** `expiresAt` in every sample, `expiresAfter` in the table of article subscription-resources. */
  refundDateName: v.picklist(['expiresAt', 'expiresAfter']),
  /**
   * A PATCH that takes time: 202 with Location (article update-a-subscription-by-id), where the subscription reads the old
   * status until it is done, or `pending`; or 200 and `pending`. Which status it reads meanwhile is UNCONFIRMED.
   */
  slowPatch: v.picklist(['accepted', 'accepted-pending', 'pending']),
  /**
   * Whether SaaS can be ended before it is activated: 800081 "Can't update a subscription before activating it" (article
   * error-codes); that this binds ending it is INFERRED.
   */
  unactivatedSaas: v.picklist(['refused', 'ends']),
  /**
   * 800091 "Can't update a subscription with suspended status" (article error-codes): that it is said of every update but
   * resuming, and ending new commerce (article subscription-lifecycle allows that), is INFERRED.
   */
  suspendedUpdates: v.picklist(['refused', 'accepted', 'refused-even-to-end']),
  /**
   * What PATCH order and PATCH subscription answer to a change of anything that the call is not for: a refusal, in codes of
   * article error-codes where it has one, or nothing, and nothing happens. UNCONFIRMED.
   */
  otherChanges: v.picklist(['refused', 'ignored']),
  /** Which subscriptions show an etag: no sample of new commerce, software or savings plans does. */
  etags: v.picklist(['as-in-samples', 'everywhere']),
  /**
   * What a PATCH with an etag is answered where GET shows none. "Etag is no longer valid" (2055, article error-codes) of what
   * never was one is INFERRED; the example of article cancel-an-azure-marketplace-subscription sends `If-Match` for new
   * commerce, whose own sample shows no etag.
   */
  unshownEtags: v.picklist(['refused', 'ignored']),
  /** Renewals "may take up to 24 hours" (article create-a-new-subscription). */
  renewalTakesMs: delayMs,
  /** What suspended new commerce is after its term: "moves to the expired state", or is disabled (both in article subscription-lifecycle). */
  suspendedAtTermEnd: v.picklist(['disabled', 'expired']),
  /** Cancelling during a renewal: "may get" 409, and works two minutes later (same article). */
  cancelDuringRenewal: v.picklist(['refused-once', 'accepted']),
  /** The code of that 409. UNCONFIRMED. */
  renewalCode: v.picklist(['900278', '800082']),
  /** "In some cases migrations take up to 72 hours" (article migrate-subscriptions-to-new-commerce). */
  migrationTakesMs: delayMs,
  /**
   * How a licence reads on its way: "set to a suspended state when the migration begins", and yet meant "to only be suspended
   * once a successful path to New commerce is provisioned" (both in the same article).
   */
  migratingLicenceReads: v.picklist(['suspended', 'active']),
  /**
   * How it reads when new commerce has taken its place. Nothing says that it is more than suspended; 90 days later it is
   * deleted (article subscription-lifecycle). `unlisted`: "a suspended legacy subscription with no corresponding NCE offer
   * is visible on the subscription list", so one that has it may not be (INFERRED). UNCONFIRMED.
   */
  migratedLicenceReads: v.picklist(['suspended', 'deleted', 'unlisted']),
  /** Whether a customer can be deleted while a suspended legacy subscription is being migrated. UNCONFIRMED. */
  migrationBlocksDeletion: v.boolean(),
  /** The partner's own account, in codes of article error-codes. */
  partnerAccount: v.picklist([
    'in-order',
    'agreement-missing',
    'reseller-program-inactive',
    'program-inactive',
  ]),
  /** Which of two codes with the same text says that a customer is under review (article error-codes). */
  underReviewCode: v.picklist(['800073', '800074']),
  /** Whether what keeps a customer or partner from transactions also keeps DELETE customer from working. UNCONFIRMED. */
  accountBlocksDeletion: v.boolean(),
  /** Order statuses stand with underscores in samples, with blanks in the table of article order-resources, in capitals elsewhere. */
  statusSpelling: v.picklist(['snake_case', 'PascalCase', 'camelCase', 'blanks', 'UPPERCASE']),
  /** The articles write both. */
  cancelledSpelling: v.picklist(['cancelled', 'canceled']),
  /** `productType` with name, without, or with a sub-type `Azure` for Azure plans (article get-a-list-of-skus-for-a-product-by-customer). */
  productTypeForm: v.picklist(['named', 'id-only', 'with-sub-type']),
  /** Letter case of product types, billing types and offers: samples have `benefit` and `Benefit`. */
  typeCase: v.picklist(['as-in-samples', 'lower', 'upper']),
  /** Descriptions of refusals: "cannot" was seen, article error-codes moved to "can't". */
  textsUse: v.picklist(['full-forms', 'contractions']),
} as const;

export type CommerceSettings = {
  readonly [Name in keyof typeof commerceEntries]: v.InferOutput<(typeof commerceEntries)[Name]>;
};

export const commerceDefaults: CommerceSettings = {
  cancellationReasons: 'documented-only',
  azureCancelStatus: 200,
  azureCancelTakesMs: { lowest: 9 * MINUTE_MS, highest: 11 * MINUTE_MS },
  cancelledAzureReads: 'inactive',
  repeatedAzureCancel: 'accepted',
  azurePlanHeldBy: 'reservations-too',
  azureListOfOthers: 'refused',
  legacyAzureType: 'absent',
  overspentPlanReads: 'disabled',
  overspentPlanSuspends: true,
  sixtyDays: 'orders',
  marketplaceWindows: 'none',
  softwareWindows: 'none',
  cancellationDates: 'as-enforced',
  cancellationFields: 'both',
  trialEndDates: 'shown',
  refundDateName: 'expiresAt',
  slowPatch: 'accepted',
  unactivatedSaas: 'refused',
  suspendedUpdates: 'refused',
  otherChanges: 'refused',
  etags: 'as-in-samples',
  unshownEtags: 'refused',
  renewalTakesMs: 24 * HOUR_MS,
  suspendedAtTermEnd: 'disabled',
  cancelDuringRenewal: 'refused-once',
  renewalCode: '900278',
  migrationTakesMs: 72 * HOUR_MS,
  migratingLicenceReads: 'suspended',
  migratedLicenceReads: 'suspended',
  migrationBlocksDeletion: false,
  partnerAccount: 'in-order',
  underReviewCode: '800073',
  accountBlocksDeletion: true,
  statusSpelling: 'snake_case',
  cancelledSpelling: 'cancelled',
  productTypeForm: 'named',
  typeCase: 'as-in-samples',
  textsUse: 'full-forms',
};
