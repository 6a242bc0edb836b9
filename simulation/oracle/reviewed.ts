import type { Invocation } from '../invocation.ts';
import type { RequestPlan } from '../scenario.ts';
import type { World } from '../world.ts';
import { standingIn } from './standing.ts';

/**
 * Whether a customer was seen to hold what it held when its plan was reviewed, and nothing else since: by the raw
 * answers, and not by the fingerprint and the list that are being judged.
 */
export class Reviewed {
  readonly #world: World;
  /** What the dry run was shown, by the MessageId of the request that was reviewed. */
  readonly #shown = new Map<string, readonly string[]>();
  readonly #sameAgain = new Set<string>();

  constructor(world: World) {
    this.#world = world;
  }

  /** A check has read what it goes by. */
  looked(plan: RequestPlan, invocation: Invocation): void {
    const { messageId, reviewOf } = plan;
    const reviewed = this.#shown.get(messageId);
    if (reviewOf === undefined && reviewed === undefined) return;
    const standing = this.#standing(plan, invocation);
    if (reviewOf !== undefined) this.#shown.set(reviewOf, standing);
    else if (reviewed?.toSorted().join() === standing.toSorted().join()) {
      this.#sameAgain.add(messageId);
    }
  }

  /** Has a check of the teardown, be it this one, found what the dry run found, and this one nothing besides? */
  isUnchanged(plan: RequestPlan, invocation: Invocation): boolean {
    const { messageId } = plan;
    if (!this.#sameAgain.has(messageId)) this.looked(plan, invocation);
    const reviewed = this.#shown.get(messageId) ?? [];
    const isReviewed = (each: string): boolean => reviewed.includes(each);
    return this.#sameAgain.has(messageId) && this.#standing(plan, invocation).every(isReviewed);
  }

  #standing({ customer = -1 }: RequestPlan, { reads }: Invocation): readonly string[] {
    return standingIn(reads, this.#world.customers[customer]?.id ?? '');
  }
}
