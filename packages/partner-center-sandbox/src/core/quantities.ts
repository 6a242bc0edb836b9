import { invalidInput, type Reply, refuse } from './answer.ts';
import type { Subscription } from './model.ts';
import { SEAT_QUOTA } from './quotas.ts';
import type { View } from './resources.ts';

/** What an offer allows at most is the offer's own; this is more than any test buys. */
const MAX_OF_ANY_OFFER = 10_000;

/** Another number of seats, in the codes of article error-codes; the number it has is always possible. */
export function quantityProblem(
  subscription: Subscription,
  quantity: number,
  wantedStatus: string,
  { settings }: View,
): Reply | undefined {
  if (quantity === subscription.quantity) return undefined;
  if (!Number.isInteger(quantity)) {
    return invalidInput(`A quantity of ${quantity} is not possible.`);
  }
  if (quantity < 1 || quantity > MAX_OF_ANY_OFFER) {
    return refuse(
      400,
      '2002',
      'Subscription quantity is not within minimum and maximum allowed quantity.',
    );
  }
  // A count of its own, so that of the sandbox: offers in production say 2002.
  if (!settings.production && quantity > SEAT_QUOTA) {
    return refuse(
      403,
      '800067',
      'The desired seat count exceeded the maximum seat count allowed per subscription.',
    );
  }
  // "While subscription is being suspended": that it means both the call and the state after it is INFERRED.
  return [subscription.status, wantedStatus].includes('suspended')
    ? refuse(
        400,
        '2001',
        'Subscription quantity cannot be increased or decreased while subscription is being suspended.',
      )
    : undefined;
}
