import type { AnswerRow } from './error-action.ts';
import { DELETION_REFUSED } from './next-steps.ts';
import { lookAgain, park } from './row-parts.ts';

/** Answers to DELETE: no article gives a code for one that is refused, or says what else than 204 is a yes. */
export const deletionRows: readonly AnswerRow[] = [
  {
    name: 'deletion accepted in no documented way',
    statuses: (status) => status >= 200 && status <= 299,
    operations: ['delete-customer'],
    meaning: lookAgain,
  },
  {
    name: 'deletion refused while purchases block',
    statuses: [400, 403, 409],
    operations: ['delete-customer'],
    description: /cannot be (?:removed|deleted)|following orders|still (?:has|active)|active /i,
    meaning: { ...lookAgain, wait: { leastMs: 0, mostMs: 60 * 60 * 1000 } },
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
