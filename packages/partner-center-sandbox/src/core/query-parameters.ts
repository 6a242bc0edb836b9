import { invalidInput, type Reply } from './answer.ts';
import { isBillingCycle } from './billing-cycles.ts';
import { GUID } from './identifiers.ts';
import type { Operation } from './routes.ts';

/**
 * Which query parameters a call has, and what they may say. All others are refused and none is ignored, so that no
 * unfiltered answer is taken for a filtered one; what the service does with them no source says (INFERRED).
 */

interface Parameter {
  readonly expected: string;
  readonly accepts: (value: string) => boolean;
}

const anything: Parameter = { expected: 'a text', accepts: () => true };
const oneOf = (...values: readonly string[]): Parameter => ({
  expected: values.join(', '),
  accepts: (value) => values.includes(value.toLowerCase()),
});
const flag = oneOf('true', 'false');
const guid: Parameter = { expected: 'a GUID', accepts: (value) => GUID.test(value) };
const wholeNumber: Parameter = {
  expected: 'a whole number',
  accepts: (value) => /^\d{1,9}$/.test(value),
};
const partnerId: Parameter = {
  expected: 'a whole number',
  accepts: (value) => /^\d{1,15}$/.test(value),
};
const billingType: Parameter = { expected: 'a billing cycle', accepts: isBillingCycle };

const parameters: { readonly [Name in Operation]?: Readonly<Record<string, Parameter>> } = {
  // Articles get-a-list-of-customers and get-a-customer-by-name; seekOperation is the SDK's (ICustomerCollection).
  'list-customers': { size: wholeNumber, filter: anything, seekoperation: anything },
  // Article get-a-list-of-orders-by-customer-and-billing-cycle-type; include_price is the SDK's (IOrderCollection).
  'list-orders': { billingtype: billingType, include_price: flag },
  // The SDK's (IOrder).
  'get-order': { include_price: flag },
  // Article get-a-collection-of-entitlements, the third type from its passage on older versions.
  'list-entitlements': {
    entitlementtype: oneOf('software', 'reservedinstance', 'virtualmachinereservedinstance'),
    showexpiry: flag,
  },
  // Articles get-a-list-of-subscriptions-by-order and get-all-subscriptions-by-partner.
  'list-subscriptions': { order_id: anything, mpn_id: partnerId },
  // Article get-legal-business-profile; the second value is the SDK's (VettingVersion).
  'get-legal-business-profile': { vettingversion: oneOf('current', 'lastfinalized') },
  // Article get-partner-by-mpn-id.
  'get-mpn-profile': { mpnid: partnerId },
  // Article retrieve-validation-status.
  'get-validation-status': { type: oneOf('account') },
  // Article get-transitions names operation-id, the SDK sends operationId.
  'list-transitions': { operationid: guid, 'operation-id': guid },
  // Article transition-a-new-commerce-subscription.
  'list-transition-eligibilities': { eligibilitytype: oneOf('immediate', 'scheduled') },
};

/** Parameters without which a call says nothing. */
const required: { readonly [Name in Operation]?: string } = {
  // Article retrieve-validation-status.
  'get-validation-status': 'type',
};

/** A refusal if the query has anything that the call does not know, or lacks what it needs; names in lower case. */
export function queryProblem(
  operation: Operation,
  query: ReadonlyMap<string, string>,
): Reply | undefined {
  const known = new Map(Object.entries(parameters[operation] ?? {}));
  for (const [name, value] of query) {
    const parameter = known.get(name);
    if (parameter === undefined) {
      return invalidInput(`The query parameter ${name} is not supported by this call.`);
    }
    if (!parameter.accepts(value)) return invalidInput(`${name} must be ${parameter.expected}.`);
  }
  const missing = required[operation];
  return missing === undefined || query.has(missing)
    ? undefined
    : invalidInput(`The query parameter ${missing} is missing.`);
}
