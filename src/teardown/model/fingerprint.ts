import { createHash } from 'node:crypto';

/** What a fingerprint looks like: its version first, because another version reads the same customer otherwise. */
export const FINGERPRINT = /^v2:sha256:[0-9a-f]{64}$/;

/** More than a check message holds beside the rest: a plan of more cannot be carried out as reviewed. */
export const MAX_PLAN_ITEMS = 4_000;

/** What the digest of an item looks like. */
export const DIGEST = /^[0-9a-f]{32}$/;

/**
 * A hash over the sorted list of a plan's items: equal as long as the customer holds the same, and the same calls
 * would be made for it. Independent of the order in which the service lists things.
 */
export function fingerprintOf(digests: Iterable<string>): string {
  const list = JSON.stringify([...new Set(digests)].toSorted());
  return `v2:sha256:${createHash('sha256').update(list).digest('hex')}`;
}
