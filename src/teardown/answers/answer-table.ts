import { accountRows, roleRows } from './account-rows.ts';
import { deletionRows } from './deletion-rows.ts';
import { invalidRequestRows } from './invalid-request-rows.ts';
import type { AnswerRow } from './meaning.ts';
import { notFoundRows } from './not-found-rows.ts';
import { conflictRows, passingRows } from './passing-rows.ts';
import { refusedPurchaseRows } from './refused-purchase-rows.ts';

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
