import { createHash } from 'node:crypto';

/**
 * The form of a fingerprint. It begins with its version, because another version computes another one for the same
 * customer.
 */
export const FINGERPRINT = /^v2:sha256:[0-9a-f]{64}$/;

/** As many as a check message has room for: a longer plan cannot be carried out as reviewed. */
export const MAX_PLAN_ITEMS = 4_000;

/** The form of an item's digest. */
export const DIGEST = /^[0-9a-f]{32}$/;

/**
 * A hash over the sorted items of a plan: equal as long as the customer holds the same, and needs the same calls.
 * Independent of the order in which the service lists things.
 */
export function fingerprintOf(digests: Iterable<string>): string {
  const list = JSON.stringify([...new Set(digests)].toSorted());
  return `v2:sha256:${createHash('sha256').update(list).digest('hex')}`;
}
