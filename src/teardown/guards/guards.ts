import type { Check } from '../model/check.ts';
import type { Outcome } from '../model/outcome.ts';
import { expectedDomain } from './expected-domain.ts';
import type { Facts, Guard } from './guard.ts';
import { idleLongEnough } from './idle-long-enough.ts';
import { isSandbox } from './is-sandbox.ts';
import { knownNames } from './known-names.ts';
import { notProtected } from './not-protected.ts';
import { stillIncluded, sweepGoesOn } from './still-included.ts';
import { switchedOn } from './switched-on.ts';
import { unchanged } from './unchanged.ts';

/**
 * The guards before every write, in this order. (Guard 1, that the message parses, comes before there is a check.) A
 * guard without an answer throws, and then nothing is written either.
 */
export const guards: readonly Guard[] = [
  switchedOn,
  isSandbox,
  notProtected,
  stillIncluded,
  expectedDomain,
  idleLongEnough,
  unchanged,
];

/** The guards that cost no request, for a check that may have nothing to write. */
export const guardsOfAnyCheck: readonly Guard[] = [switchedOn, isSandbox, knownNames, sweepGoesOn];

/**
 * The outcome of the first guard that rejects; undefined where all pass.
 *
 * @throws PartnerCenterError where a guard gets no answer
 */
export async function firstRejection(
  check: Check,
  facts: Facts,
  chain: readonly Guard[] = guards,
): Promise<Outcome | undefined> {
  for (const guard of chain) {
    const outcome = await guard(check, facts);
    if (outcome !== undefined) return outcome;
  }
  return undefined;
}
