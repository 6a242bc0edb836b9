import * as v from 'valibot';

/** Open questions about orders; see `commerce-settings.ts`. */

const MAX_DELAY_MS = 30 * 24 * 3_600_000;

export const orderEntries = {
  /** Which code says that an order is older than sixty days. UNCONFIRMED; by product: software the one with days, reservations the other. */
  tooOldCode: v.picklist(['by-product', '800061', '900117']),
  /** Cancelling an order that is under review or waits for its purchase order (article pending-po-upload). UNCONFIRMED. */
  cancelUnderReview: v.picklist(['in-progress', 'accepted', 'refused']),
  /** "Resulted in an error. Partners should repurchase" (article order-resources): that nothing is held is INFERRED. */
  failedOrders: v.picklist(['hold-nothing', 'hold']),
  /**
   * What an order shows of the subscription of a line that failed: "one or more subscriptions in the order have an issue.
   * Partners should repurchase unfulfilled subscriptions" (article order-resources). UNCONFIRMED: no id, an id that is not
   * found, or an id that leads to a subscription that reads `none`.
   */
  failedLineSubscription: v.picklist(['absent', 'not-found', 'listed']),
  /**
   * Whether a line that failed has an entitlement: its quantity "excludes Unfulfilled" ones (article
   * entitlement-resources), so that there are such is INFERRED.
   */
  failedLineEntitlement: v.picklist(['unfulfilled', 'absent']),
  /** Whether PATCH order cancels an order that reads `partial_success`. UNCONFIRMED: no article excepts it. */
  cancelPartialSuccess: v.picklist(['accepted', 'refused']),
  /** Whether GET and PATCH order take the alternate id in the path. UNCONFIRMED. */
  orderByAlternateId: v.boolean(),
  /** "Up to 15 minutes" until a new order is listed (article get-all-of-a-customer-s-orders), when a purchase does not say. */
  newOrdersLateMs: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MAX_DELAY_MS)),
  /** Which spelling cancels an order. The samples send `cancelled`, the texts say both; that either will do is INFERRED. */
  cancelledIsSent: v.picklist(['either', 'cancelled']),
  /**
   * Whether an order takes the status of its subscriptions once all of them have it: "orders that have been suspended by
   * partners show up as Suspended" (announcement order-history-states). That this holds for licences and Azure plans is
   * INFERRED; that an order reads `cancelled` when all its subscriptions are deleted is UNCONFIRMED.
   */
  ordersFollowSubscriptions: v.picklist(['when-suspended', 'when-suspended-or-deleted', 'never']),
} as const;

export type OrderSettings = {
  readonly [Name in keyof typeof orderEntries]: v.InferOutput<(typeof orderEntries)[Name]>;
};

export const orderDefaults: OrderSettings = {
  tooOldCode: 'by-product',
  cancelUnderReview: 'in-progress',
  failedOrders: 'hold-nothing',
  failedLineSubscription: 'absent',
  failedLineEntitlement: 'unfulfilled',
  cancelPartialSuccess: 'accepted',
  orderByAlternateId: false,
  newOrdersLateMs: 0,
  cancelledIsSent: 'either',
  ordersFollowSubscriptions: 'when-suspended',
};
