import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

/**
 * What the published articles show of orders, subscriptions, entitlements, customers, Azure entitlements and errors
 * (the public copy of October 2023): names and values as printed, prose and persons replaced by words of our own.
 *
 * One file for each article that shows such a payload, and every payload of it. Left out are products, carts (not what
 * their checkout answers), users, licences, agreements, devices, invoices, usage, referrals and webhook events, which
 * hold none of these resources.
 */

/** What the client reads, once or in a list. */
const KINDS_READ = [
  ...['order', 'orders', 'subscription', 'subscriptions', 'entitlements', 'customer', 'customers'],
  ...['azure-entitlement', 'azure-entitlements', 'organization-profile', 'error'],
] as const;

/** What hangs on these resources, and the client does not ask for. */
const KINDS_BESIDE = [
  ...['activation', 'activation-links', 'audit-records', 'azure-entitlement-cancellation'],
  ...['billing-profile', 'cart-checkout', 'company-profile', 'conversion', 'conversion-result'],
  ...['conversions', 'custom-domains', 'custom-term-end-dates', 'customer-organization'],
  ...['delegated-admin-customers', 'entitlement-artifact', 'migration', 'migration-eligibility'],
  ...['migration-events', 'migration-schedule', 'migration-schedules', 'migrations'],
  ...['order-provisioning-status', 'overage', 'overages'],
  ...[
    'purchase-order-attachment',
    'purchase-order-attachments',
    'subscription-provisioning-status',
  ],
  ...['subscription-registration-status', 'support-contact', 'transfer', 'transfer-eligibilities'],
  ...['transfer-result', 'transfers', 'transition', 'transition-eligibilities', 'transitions'],
  ...['upgrade', 'upgrade-result', 'upgrades', 'validation-status', 'verified-domain'],
] as const;

const Sample = v.strictObject({
  kind: v.picklist([...KINDS_READ, ...KINDS_BESIDE]),
  /** Method and path, where the article states them. */
  call: v.optional(v.pipe(v.string(), v.regex(/^(GET|POST|PUT|PATCH|DELETE) \/v1\/\S+$/))),
  direction: v.picklist(['request', 'response']),
  status: v.optional(v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599))),
  headers: v.optional(v.record(v.string(), v.string())),
  /** The article prints a request under the heading of the answer: mostly with names in Pascal case. */
  printedAs: v.optional(v.literal('request')),
  /** What had to be done to make valid JSON of it. */
  repaired: v.optional(v.pipe(v.array(v.string()), v.nonEmpty())),
  payload: v.union([v.looseObject({}), v.array(v.unknown())]),
});

/** One payload of an article. */
export type Sample = v.InferOutput<typeof Sample> & {
  readonly article: string;
  /** Article and place in it, as `get-an-order-by-id #1`. */
  readonly name: string;
};

const FOLDER = join(import.meta.dirname, 'articles');

const samplesOf = (file: string): readonly Sample[] => {
  const article = file.slice(0, -'.json'.length);
  const read: unknown = JSON.parse(readFileSync(join(FOLDER, file), 'utf8'));
  return v
    .parse(v.pipe(v.array(Sample), v.nonEmpty()), read)
    .map((sample, index) => ({ ...sample, article, name: `${article} #${index + 1}` }));
};

/** Every payload of every article, in the order of their names. */
export const samples: readonly Sample[] = readdirSync(FOLDER).toSorted().flatMap(samplesOf);

const ErrorCode = v.strictObject({
  /** Absent where the article shows none. */
  status: v.optional(v.number()),
  code: v.number(),
  concernsOurCalls: v.boolean(),
  calls: v.optional(v.pipe(v.array(v.string()), v.nonEmpty())),
  meaning: v.pipe(v.string(), v.nonEmpty()),
  source: v.pipe(v.array(v.string()), v.nonEmpty()),
});

/** A documented code, and whether a read, cancel, suspend, activate or delete can get it. */
export type ErrorCode = v.InferOutput<typeof ErrorCode>;

/** Every code of the article error-codes, of the other articles, and those seen elsewhere. */
export const errorCodes: readonly ErrorCode[] = v.parse(
  v.array(ErrorCode),
  JSON.parse(readFileSync(join(import.meta.dirname, 'error-codes.json'), 'utf8')),
);
