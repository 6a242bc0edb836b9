import * as v from 'valibot';
import { word } from '../http/schema.ts';

/**
 * OrderStatus of https://learn.microsoft.com/partner-center/developer/order-resources. On the wire with underscores, as
 * in the samples of https://learn.microsoft.com/partner-center/developer/pending-po-upload.
 */
export const orderStatus = oneOf(
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
);

/** Source: https://learn.microsoft.com/partner-center/developer/subscription-resources */
export const subscriptionStatus = oneOf(
  'none',
  'active',
  'pending',
  'suspended',
  'expired',
  'disabled',
  'deleted',
);

/**
 * https://learn.microsoft.com/partner-center/developer/cancel-an-azure-subscription has the first two. The others occur
 * in no article (UNCONFIRMED); the last four are Azure's own.
 */
export const azureEntitlementStatus = oneOf(
  'active',
  'inactive',
  'cancelled',
  'deleted',
  'enabled',
  'pending',
  'warned',
  'past_due',
);

/** BillingCycleType of https://learn.microsoft.com/partner-center/developer/product-resources */
export const billingCycle = oneOf('unknown', 'monthly', 'annual', 'none', 'one_time', 'triennial');

/**
 * One of these words in its canonical spelling, whatever its case, blanks, underscores or hyphens; any other word in
 * lower case. Absent reads as the empty text.
 */
function oneOf(...documented: readonly string[]) {
  const spellings = new Map(documented.map((each) => [lettersOf(each), each]));
  return v.pipe(
    word,
    v.transform((text) => spellings.get(lettersOf(text)) ?? text),
  );
}

/** The letters of a word alone; `canceled` counts as `cancelled`. */
function lettersOf(text: string): string {
  const letters = text.replace(/[\s_-]/g, '');
  return letters === 'canceled' ? 'cancelled' : letters;
}
