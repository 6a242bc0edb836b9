import { DELETION_REFUSED } from './deletion-refused.ts';
import type { ErrorRow } from './error-action.ts';
import { park, requeue } from './row-parts.ts';

/** Answers to DELETE: no article gives a code for one that is refused, or says what else than 204 is a yes. */
export const deletionErrors: readonly ErrorRow[] = [
  {
    name: 'deletion accepted in no documented way',
    statuses: (status) => status >= 200 && status <= 299,
    operations: ['delete-customer'],
    meaning: requeue,
  },
  {
    name: 'deletion refused while purchases block',
    statuses: [400, 403, 409],
    operations: ['delete-customer'],
    description: /cannot be (?:removed|deleted)|following orders|still (?:has|active)|active /i,
    meaning: { ...requeue, wait: { minMs: 0, maxMs: 60 * 60 * 1000 } },
  },
  {
    name: 'deletion refused',
    statuses: [400, 403, 409],
    operations: ['delete-customer'],
    meaning: park(
      'unexpected',
      `${DELETION_REFUSED} Otherwise read the answer kept in this event, and report it.`,
    ),
  },
];
