import { invalidInput, type Reply, refuse } from './answer.ts';
import { isBillingCycle } from './billing-cycles.ts';
import type { Fields } from './input.ts';
import type { Customer, Subscription } from './model.ts';
import { otherChange } from './other-changes.ts';
import type { View } from './resources.ts';
import { subscriptionResource } from './subscription-resource.ts';

/** What PATCH subscription changes, by its articles; the id names the subscription and has a check of its own. */
const CHANGEABLE = new Set(['id', 'friendlyname', 'quantity', 'status', 'autorenewenabled']);

/**
 * "A full Subscription resource is required" (article update-a-subscription-by-id), so all else comes back as GET gave it,
 * and is refused if it does not. The codes are those of article error-codes; that they are given here, and that a field
 * without one of its own answers 3000, is INFERRED.
 */
export function otherSubscriptionChange(
  customer: Customer,
  subscription: Subscription,
  fields: Fields,
  view: View,
): Reply | undefined {
  if (view.settings.otherChanges === 'ignored') return undefined;
  const shown = subscriptionResource(customer, subscription, view);
  const change = otherChange(fields, shown, CHANGEABLE);
  return change === undefined ? undefined : refusalOf(...change, subscription);
}

function refusalOf(name: string, value: unknown, subscription: Subscription): Reply {
  switch (name) {
    case 'offerid':
      return refuse(400, '800004', 'Invalid offer ID.');
    case 'parentsubscriptionid':
      return refuse(
        400,
        '800029',
        'The add-on is not related to the specified parent subscription.',
      );
    case 'partnerid':
    case 'partneridonrecord':
      return refuse(400, '800098', 'Cannot update the partner on record for this subscription.');
    case 'billingcycle':
      return billingCycleRefusal(value, subscription);
    case 'termduration':
      return termRefusal(value, subscription);
    default:
      return invalidInput(`PATCH subscription does not change ${name.slice(0, 100)}.`);
  }
}

/** "Use update-Order operation": what article change-the-billing-cycle does for legacy subscriptions. */
function billingCycleRefusal(value: unknown, { kind }: Subscription): Reply {
  if (typeof value !== 'string' || !isBillingCycle(value)) return invalidBillingCycle;
  return kind === 'licence'
    ? refuse(
        400,
        '2054',
        'The billing cycle for an existing subscription cannot be updated using update-subscription operation. Use update-Order operation.',
      )
    : refuse(400, '800097', 'Cannot update the billing cycle for this subscription.');
}

export const invalidBillingCycle: Reply = refuse(400, '900269', 'The billing cycle is invalid.');

/** Article subscription-resources: "the current supported values are P1M, P1Y and P3Y"; shortest first. */
const TERMS = ['P1M', 'P1Y', 'P3Y'];

function termRefusal(value: unknown, { trial, termDuration = '' }: Subscription): Reply {
  if (trial) return refuse(400, '800107', 'Term changes are not supported for trial offers.');
  const wanted = TERMS.indexOf(String(value).toUpperCase());
  if (wanted < 0) return refuse(400, '800121', 'The term duration provided is invalid.');
  return wanted < TERMS.indexOf(termDuration)
    ? refuse(
        400,
        '800122',
        'The target term duration cannot be shorter than the current term duration.',
      )
    : invalidInput('PATCH subscription does not change termduration.');
}
