import { accountRows, roleRows } from './account-errors.ts';
import { deletionRows } from './deletion-errors.ts';
import type { AnswerRow } from './error-action.ts';
import { invalidRequestRows } from './invalid-request-errors.ts';
import { notFoundRows } from './not-found-errors.ts';
import { refusedPurchaseRows } from './purchase-errors.ts';
import { conflictRows, passingRows } from './transient-errors.ts';

/**
 * What Partner Center's answers mean, first match wins; an answer without a row is parked as `unexpected`. Rows that
 * name a code come before those that go by status or words alone.
 * Codes: article error-codes, where a row says nothing else; statuses as documented, more than one where they vary.
 */
export const answerTable: readonly AnswerRow[] = [
  ...passingRows,
  ...accountRows,
  ...refusedPurchaseRows,
  ...notFoundRows,
  ...roleRows,
  ...invalidRequestRows,
  ...conflictRows,
  ...deletionRows,
];
