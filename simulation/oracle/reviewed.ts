import type { Invocation } from '../invocation.ts';
import type { RequestPlan } from '../scenario.ts';
import type { World } from '../world.ts';
import { standingIn } from './standing.ts';

/**
 * Whether a customer reads as it did when its plan was reviewed: by the raw answers, not by the fingerprint and the
 * list that are judged.
 */
export class Reviewed {
  readonly #world: World;
  /** What the dry run read, by the MessageId of the request that was reviewed. */
  readonly #shown = new Map<string, readonly string[]>();
  readonly #sameAgain = new Set<string>();

  constructor(world: World) {
    this.#world = world;
  }

  /** Records what a check read. */
  checked(plan: RequestPlan, invocation: Invocation): void {
    const { messageId, reviewOf } = plan;
    const reviewed = this.#shown.get(messageId);
    if (reviewOf === undefined && reviewed === undefined) return;
    const standing = this.#standing(plan, invocation);
    if (reviewOf !== undefined) this.#shown.set(reviewOf, standing);
    else if (reviewed?.toSorted().join() === standing.toSorted().join()) {
      this.#sameAgain.add(messageId);
    }
  }

  /** Whether a check of the teardown found what the dry run found, and this check nothing more. */
  isUnchanged(plan: RequestPlan, invocation: Invocation): boolean {
    const { messageId } = plan;
    if (!this.#sameAgain.has(messageId)) this.checked(plan, invocation);
    const reviewed = this.#shown.get(messageId) ?? [];
    const isReviewed = (each: string): boolean => reviewed.includes(each);
    return this.#sameAgain.has(messageId) && this.#standing(plan, invocation).every(isReviewed);
  }

  #standing({ customer = -1 }: RequestPlan, { reads }: Invocation): readonly string[] {
    return standingIn(reads, this.#world.customers[customer]?.id ?? '');
  }
}
