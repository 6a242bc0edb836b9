import { idKey } from './id-key.ts';
import type { Purchase } from './purchase.ts';

/** The subscription that a purchase is; none where it has none, or where that is not listed. */
export function subscriptionIdOf({ subscription }: Purchase): string | undefined {
  return idKey(subscription?.id);
}

/** The subscription that it hangs on; only the line of its order may tell. */
export function parentIdOf({ subscription, line }: Purchase): string | undefined {
  return idKey(subscription?.parentSubscriptionId ?? line?.parentSubscriptionId);
}

/** Subscriptions that have to stand, because an add-on of theirs still does. */
export class StandingParents {
  readonly #ids = new Set<string | undefined>();

  /** This one stands for now, and with it what it hangs on. */
  stands(purchase: Purchase): void {
    this.#ids.add(parentIdOf(purchase));
  }

  has(purchase: Purchase): boolean {
    const id = subscriptionIdOf(purchase);
    return id !== undefined && this.#ids.has(id);
  }
}
