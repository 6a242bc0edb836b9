import type { CustomerSpec } from 'partner-center-sandbox/core';
import { type Age, type Fate, fine, maybe, stuck } from './fate.ts';

/** Codes 800073, 800075, 900124, 800039, 900149 of article error-codes, and 900416: they refuse every write. */
export function accountFate(
  { locked, account, accountForMs = Number.POSITIVE_INFINITY }: CustomerSpec,
  { settings, sinceMs, needsWrites }: Age & { readonly needsWrites: boolean },
): Fate {
  if (locked) return stuck('parked/customer-locked');
  if (!needsWrites && !settings.accountBlocksDeletion) return fine;
  if (settings.partnerAccount !== 'in-order') return stuck('parked/agreement-missing');
  switch (account) {
    case undefined:
      return fine;
    case 'not-approved':
      return stuck('parked/customer-not-approved');
    case 'under-review':
      if (sinceMs > accountForMs) return fine;
      // The long waits for the account may leave the rest too little time.
      return Number.isFinite(accountForMs)
        ? maybe('parked/customer-under-review', 'parked/deadline', 'parked/pending-operation')
        : stuck('parked/customer-under-review');
    default:
      return stuck('parked/agreement-missing');
  }
}
