import { DELETION_REFUSED } from './deletion-refused.ts';
import type { ErrorRow, Requeue } from './error-action.ts';
import { park, requeue } from './row-parts.ts';

const blocked: Requeue = { ...requeue, wait: { minMs: 0, maxMs: 60 * 60 * 1000 } };

/** Answers to DELETE. No article gives a code for an error, or says whether anything but 204 is a success. */
export const deletionErrors: readonly ErrorRow[] = [
  {
    name: 'deletion accepted in no documented way',
    statuses: (status) => status >= 200 && status <= 299,
    operations: ['delete-customer'],
    action: requeue,
  },
  {
    name: 'deletion refused while purchases block',
    statuses: [400, 403],
    operations: ['delete-customer'],
    description:
      /(?:cannot|could not) be (?:removed|deleted)|following orders|still (?:has|active)|active /i,
    action: blocked,
  },
  {
    // A conflict is transient. INFERRED: no article shows one.
    name: 'deletion in conflict',
    statuses: [409],
    operations: ['delete-customer'],
    action: blocked,
  },
  {
    name: 'deletion refused',
    statuses: [400, 403],
    operations: ['delete-customer'],
    action: park(
      'unexpected',
      `${DELETION_REFUSED} Otherwise read the answer in this event, and report it.`,
    ),
  },
];
