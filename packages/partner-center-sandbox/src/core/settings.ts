import * as v from 'valibot';
import { commerceDefaults, commerceEntries, drawnTime } from './commerce-settings.ts';
import { orderDefaults, orderEntries } from './order-settings.ts';

/**
 * What a test can turn while the sandbox runs. Where no source says what the service does, the choice is a setting,
 * its default is a plausible guess, and the comment says UNCONFIRMED.
 */

const MAX_REQUESTS_PER_MINUTE = 10_000_000;
const MAX_PAGE_SIZE = 1_000;
const MAX_DELAY_MS = 30 * 24 * 3_600_000;

const wholeNumber = (lowest: number, highest: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(lowest), v.maxValue(highest));
const refusal = v.strictObject({ status: wholeNumber(400, 499), code: v.string() });

const entries = {
  /** "500 requests per minute per tenant identifier", articles customer-, order- and subscription-resources. */
  requestsPerMinute: wholeNumber(1, MAX_REQUESTS_PER_MINUTE),
  /** Most customers on one page. UNCONFIRMED; the articles' examples use 40. */
  pageSize: wholeNumber(1, MAX_PAGE_SIZE),
  /** The credentials belong to a production account: no quota, no DELETE, no cancelling but of software. */
  production: v.boolean(),
  /** Article get-a-collection-of-entitlements names App+User credentials and no others; other sources say both. */
  refuseEntitlementsToAppOnly: v.boolean(),
  /** Where it pretends to be: decides which audience a token must have (article partner-center-authentication). */
  cloud: v.picklist(['global', 'china', 'us-government']),
  /** What the application, or the person behind it, is in the account. */
  role: v.picklist(['admin-agent', 'helpdesk-agent', 'none']),
  /** People need more than one factor; applications by themselves do not. */
  conditionalAccess: v.boolean(),
  /** Article error-codes says text; a number was seen on the wire (PartnerCenterPowerShellModule issue 83). */
  codesAre: v.picklist(['text', 'number']),
  /** What an unknown or deleted customer answers. UNCONFIRMED; 404/1000, 404/60003 and 400/3000 are as likely. */
  unknownCustomer: refusal,
  /**
   * What a customer answers that another account of the sandbox server holds. UNCONFIRMED: 60003 is "Tenant not found",
   * but 403/20002 speaks of customers without a relationship too (article error-codes).
   */
  foreignCustomer: refusal,
  /**
   * Whether the domain of a deleted customer can be taken again. INFERRED that it can: deleting takes the tenant with all
   * its resources (article delete-a-customer-account-from-the-integration-sandbox).
   */
  deletedDomains: v.picklist(['free', 'taken']),
  /** What a blocked DELETE answers. UNCONFIRMED: the one sample (PowerShell issue 215) shows the text only. */
  deleteRefusal: refusal,
  /**
   * How an order reads from the call that cancels it until that is done. UNCONFIRMED: the call's sample answers with the
   * cancelled order (article cancel-an-order-from-the-integration-sandbox), and yet another article polls it
   * until it reads so (delete-a-customer-account-from-the-integration-sandbox). `pending` is "processing" (article
   * order-resources). One that reads `cancelled` at once keeps the customer all the same until it is done.
   */
  cancellingOrderReads: v.picklist(['pending', 'as-before', 'cancelled']),
  /**
   * What cancelling an order again answers. UNCONFIRMED: 409/800060 while the first is under way, or 400/800061 then and
   * afterwards (article error-codes has both, of no call). Accepted, the published sample gets through, which cancels an
   * order once for each entitlement of it; either refusal would end it.
   */
  repeatedCancel: v.picklist(['accepted', 'in-progress', 'refused']),
  /**
   * What cancelling a line answers that the order does not have: 800071 "Line Item number should be from 0 to number of
   * line items count" (article error-codes; that it is said here is INFERRED), or 3000 as any invalid property.
   */
  unknownLineCode: v.picklist(['800071', '3000']),
  /**
   * What becomes of add-ons when the subscription they belong to is to end. For legacy licences "suspending the base
   * subscription also suspends any associated add-ons" (article create-a-new-subscription); for new commerce UNCONFIRMED,
   * and the default leaves those as they are. Whoever ends add-ons first is never refused.
   */
  endingParent: v.picklist(['as-in-articles', 'leaves-add-ons', 'ends-add-ons', 'refused']),
  /** Whether a cancelled order's entitlement stays, with quantity 0, or vanishes. UNCONFIRMED. */
  cancelledEntitlements: v.picklist(['stay', 'vanish']),
  /**
   * "A full Subscription resource is required", article suspend-a-subscription; its own .NET example sends the status
   * only. Off for callers that do as the example does.
   */
  requireWholeSubscription: v.boolean(),
  /** ETags are temporary (article test-and-debug): a new one after this long even if nothing changed; 0 is never. */
  etagLifetimeMs: wholeNumber(0, MAX_DELAY_MS),
  /** How long after purchase or renewal new commerce can be cancelled; 0 is no limit. UNCONFIRMED for the sandbox, 7 days in production (article new-commerce-cancellation-policy). */
  newCommerceWindowMs: wholeNumber(0, MAX_DELAY_MS),
  /** How long cancelling takes when a purchase does not say: drawn from the seed between the two. */
  cancelTakesMs: drawnTime,
  ...commerceEntries,
  ...orderEntries,
} as const;

export const SandboxSettingsSchema = v.strictObject(entries);
export type SandboxSettings = v.InferOutput<typeof SandboxSettingsSchema>;

/** Some of the settings, as `POST /settings` takes them. */
export const SettingsChangeSchema = v.partial(SandboxSettingsSchema);

export type SettingsChange = {
  readonly [Name in keyof SandboxSettings]?: SandboxSettings[Name] | undefined;
};

export function withSettings(settings: SandboxSettings, change: SettingsChange): SandboxSettings {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  return { ...settings, ...Object.fromEntries(given) };
}

export const defaultSettings: SandboxSettings = {
  requestsPerMinute: 500,
  pageSize: 40,
  production: false,
  refuseEntitlementsToAppOnly: true,
  cloud: 'global',
  role: 'admin-agent',
  conditionalAccess: false,
  codesAre: 'text',
  unknownCustomer: { status: 403, code: '20002' },
  foreignCustomer: { status: 404, code: '60003' },
  deletedDomains: 'free',
  deleteRefusal: { status: 400, code: '2000' },
  cancellingOrderReads: 'pending',
  repeatedCancel: 'accepted',
  unknownLineCode: '800071',
  endingParent: 'as-in-articles',
  cancelledEntitlements: 'stay',
  requireWholeSubscription: true,
  etagLifetimeMs: 0,
  newCommerceWindowMs: 0,
  cancelTakesMs: { lowest: 2_000, highest: 20_000 },
  ...commerceDefaults,
  ...orderDefaults,
};
