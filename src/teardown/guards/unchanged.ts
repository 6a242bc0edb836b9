import { fingerprintOf } from '../model/fingerprint.ts';
import { type Skipped, skipped } from '../model/outcome.ts';
import { type PlanItem, planItemsOf } from '../release/plan-items.ts';
import type { Guard } from './guard.ts';

/** The limit of items that an explanation names. */
const MAX_NAMED = 5;

/**
 * Guard 7: only the reviewed plan is carried out. Before the first write the customer's plan must be exactly the
 * reviewed one. From then on the check carries the list of that plan, which its hash proves, and whatever still stands
 * must be on it.
 */
export const unchanged: Guard = async ({ request, begun, changed, plan }, facts) => {
  const { ifUnchanged } = request;
  if (ifUnchanged === undefined) return undefined;
  if (changed !== undefined) return notReviewed(changed, ifUnchanged);
  const items = planItemsOf(await facts.inventory());
  if (!begun) {
    const today = fingerprintOf(items.map(({ digest }) => digest));
    return today === ifUnchanged ? undefined : notReviewed(today, ifUnchanged);
  }
  if (plan === undefined || fingerprintOf(plan) !== ifUnchanged) {
    return changedBy('The check does not carry the reviewed plan, so nothing more is written.');
  }
  const reviewed = new Set(plan);
  const others = items.filter(({ digest }) => !reviewed.has(digest));
  return others.length === 0 ? undefined : changedBy(wordsFor(others));
};

function notReviewed(today: string, allowed: string): Skipped {
  return changedBy(
    `The customer has changed since the review: its fingerprint is ${today}, but the request allows ${allowed}.`,
  );
}

function wordsFor(others: readonly PlanItem[]): string {
  const names = [...new Set(others.map(({ name }) => name))];
  const named = names.slice(0, MAX_NAMED);
  const more = names.length > named.length ? `, and ${names.length - named.length} more` : '';
  return `The reviewed plan does not contain ${named.join('; ')}${more}.`;
}

function changedBy(explanation: string): Skipped {
  return skipped('changed', explanation);
}
