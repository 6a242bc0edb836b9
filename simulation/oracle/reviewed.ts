import type { Invocation } from '../invocation.ts';
import type { Write } from '../partner-center.ts';
import type { RequestPlan } from '../scenario.ts';
import type { World } from '../world.ts';
import { standingIn } from './standing.ts';

/**
 * What a person reviewed, and whether a teardown keeps to it: by what the raw answers showed as standing, and not by the
 * fingerprint that is being judged.
 */
export class Reviewed {
  readonly #world: World;
  /** What the dry run was shown, by the MessageId of the request that was reviewed. */
  readonly #shown = new Map<string, ReadonlySet<string>>();
  readonly #sameAgain = new Set<string>();

  constructor(world: World) {
    this.#world = world;
  }

  /** A look has read what it goes by. */
  looked(plan: RequestPlan, invocation: Invocation): void {
    const { messageId, reviewOf } = plan;
    if (reviewOf === undefined && !this.#shown.has(messageId)) return;
    const standing = this.#standing(plan, invocation);
    if (reviewOf !== undefined) this.#shown.set(reviewOf, standing);
    else if (isSame(standing, this.#shown.get(messageId))) this.#sameAgain.add(messageId);
  }

  /** Why a write is not what was reviewed; undefined: it is. */
  objectionTo(plan: RequestPlan, invocation: Invocation, { path }: Write): string | undefined {
    const { messageId } = plan;
    if (!this.#world.reviews.has(messageId)) return undefined;
    if (!this.#sameAgain.has(messageId)) this.looked(plan, invocation);
    if (!this.#sameAgain.has(messageId)) return 'though no look found it as reviewed.';
    const shown = this.#shown.get(messageId) ?? new Set();
    const isNew = [...this.#standing(plan, invocation)].find((each) => !shown.has(each));
    if (isNew !== undefined) return `though the review did not show ${isNew}.`;
    const [, ofPurchase] = /^\/customers\/[^/]+\/(.+)$/.exec(path) ?? [];
    const isShown =
      ofPurchase === undefined || [...shown].some((each) => isAbout(ofPurchase, each));
    return isShown ? undefined : 'though the review did not show that it stands.';
  }

  #standing({ customer }: RequestPlan, { reads }: Invocation): ReadonlySet<string> {
    return standingIn(reads, this.#world.customers[customer ?? -1]?.id ?? '');
  }
}

/** Does what stands name, by one of its words, what the path is about? */
function isAbout(path: string, standing: string): boolean {
  const names = path.toLowerCase().split('/');
  return standing.split(' ').some((word) => names.includes(word.toLowerCase()));
}

function isSame(one: ReadonlySet<string>, other: ReadonlySet<string> | undefined): boolean {
  return one.size === other?.size && [...one].every((each) => other.has(each));
}
