import type { Invocation } from '../invocation.ts';
import type { RequestPlan } from '../scenario.ts';
import type { World } from '../world.ts';
import type { Reads } from './raw.ts';

/**
 * Whether a customer was seen to be as it was when its plan was reviewed: by the raw answers, all of them, and not by
 * the fingerprint that is being judged.
 */
export class Reviewed {
  readonly #world: World;
  /** What the dry run was shown, by the MessageId of the request that was reviewed. */
  readonly #shown = new Map<string, string>();
  readonly #sameAgain = new Set<string>();

  constructor(world: World) {
    this.#world = world;
  }

  /** A look has read what it goes by. */
  looked({ messageId, customer, reviewOf }: RequestPlan, { reads }: Invocation): void {
    if (reviewOf === undefined && !this.#shown.has(messageId)) return;
    const view = viewOf(reads, this.#world.customers[customer ?? -1]?.id ?? '');
    if (reviewOf !== undefined) this.#shown.set(reviewOf, view);
    else if (this.#shown.get(messageId) === view) this.#sameAgain.add(messageId);
  }

  /** Has a look of the teardown, be it this one, found what the dry run found? */
  isUnchanged(plan: RequestPlan, invocation: Invocation): boolean {
    if (!this.#sameAgain.has(plan.messageId)) this.looked(plan, invocation);
    return this.#sameAgain.has(plan.messageId);
  }
}

/** What changes by itself: etags, and at each renewal the dates of a term. */
const BY_ITSELF: ReadonlySet<string> = new Set([
  'attributes',
  'effectiveStartDate',
  'commitmentEndDate',
  'cancellationAllowedUntilDate',
  'refundOptions',
]);

/** Everything else that was read of a customer. */
function viewOf(reads: Reads, customerId: string): string {
  const own = [...reads].filter(([path]) => path.startsWith(`/customers/${customerId}`));
  return JSON.stringify(
    own
      .map(([path, body]) => [
        path,
        JSON.parse(body, (name, value: unknown) => (BY_ITSELF.has(name) ? undefined : value)),
      ])
      .toSorted(([one], [other]) => (String(one) < String(other) ? -1 : 1)),
  );
}
