import { invalidInput, type Reply, refuse } from './answer.ts';
import { isBillingCycle } from './billing-cycles.ts';
import { type Fields, fieldsOf } from './input.ts';
import type { Customer, Order } from './model.ts';
import { isNoDate, otherChange } from './other-changes.ts';
import { priced } from './prices.ts';
import { orderResource, type View } from './resources.ts';
import { invalidBillingCycle } from './subscription-changes.ts';

/** Id and status have checks of their own, and the lines are compared one by one. */
const CHANGEABLE = new Set(['id', 'status', 'lineitems']);
const NONE: ReadonlySet<string> = new Set();

/**
 * The sandbox's PATCH order cancels (articles cancel-an-order-from-the-integration-sandbox and cancel-software-purchases)
 * and does nothing else that PATCH order is documented for, so what is not as GET gave it is refused. The codes are those
 * of article error-codes; that they are given here, and 3000 for all else, is INFERRED.
 */
export function otherOrderChange(
  customer: Customer,
  order: Order,
  fields: Fields,
  view: View,
): Reply | undefined {
  if (view.settings.otherChanges === 'ignored') return undefined;
  // With prices, as GET shows it to whoever asks for them.
  const shown = priced(orderResource(customer, order, view));
  // The date of a `new Order`, which the SDK sends with an id too; a subscription's date comes from GET.
  const given = new Map([...fields].filter(([, value]) => !isNoDate(value)));
  const change =
    otherChange(given, shown, CHANGEABLE) ?? lineChange(fields.get('lineitems'), shown.lineItems);
  return change === undefined ? undefined : refusalOf(...change);
}

/** Lines that the order does not have were refused before. */
function lineChange(
  items: unknown,
  shown: readonly { readonly lineItemNumber: number }[],
): readonly [name: string, value: unknown] | undefined {
  for (const item of Array.isArray(items) ? items : []) {
    const fields = fieldsOf(item);
    const number = fields?.get('lineitemnumber');
    const line = shown.find(({ lineItemNumber }) => lineItemNumber === number);
    if (fields === undefined || line === undefined) continue;
    const change = otherChange(fields, line, NONE);
    if (change !== undefined) return change;
  }
  return undefined;
}

function refusalOf(name: string, value: unknown): Reply {
  switch (name) {
    case 'referencecustomerid':
      return refuse(400, '900118', 'Invalid Customer ID.');
    case 'quantity':
      return refuse(403, '800027', 'The catalog item is not eligible for add or remove quantity.');
    case 'parentsubscriptionid':
      return refuse(
        400,
        '800029',
        'The add-on is not related to the specified parent subscription.',
      );
    case 'billingcycle':
      return typeof value === 'string' && isBillingCycle(value)
        ? refuse(
            400,
            '6001',
            "The billing cycle could not be changed because one of the order's Offer IDs does not support the billing term.",
          )
        : invalidBillingCycle;
    default:
      return invalidInput(`PATCH order does not change ${name.slice(0, 100)}.`);
  }
}
