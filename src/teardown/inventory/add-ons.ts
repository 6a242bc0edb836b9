import { idKey } from './id-key.ts';
import type { Purchase } from './purchase.ts';

/** The id of a purchase's subscription, if it has one that is listed. */
export function subscriptionIdOf({ subscription }: Purchase): string | undefined {
  return idKey(subscription?.id);
}

/** The id of its parent subscription; possibly only the line of its order names it. */
export function parentIdOf({ subscription, line }: Purchase): string | undefined {
  return idKey(subscription?.parentSubscriptionId ?? line?.parentSubscriptionId);
}

/** Subscriptions that must not be ended yet, because one of their add-ons still stands. */
export class StandingParents {
  readonly #ids = new Set<string | undefined>();

  /** Notes that this purchase stands for now, and so its parent must. */
  stands(purchase: Purchase): void {
    this.#ids.add(parentIdOf(purchase));
  }

  has(purchase: Purchase): boolean {
    const id = subscriptionIdOf(purchase);
    return id !== undefined && this.#ids.has(id);
  }
}
