import { accountErrors, roleErrors } from './account-errors.ts';
import { deletionErrors } from './deletion-errors.ts';
import type { ErrorRow } from './error-action.ts';
import { invalidRequestErrors } from './invalid-request-errors.ts';
import { notFoundErrors } from './not-found-errors.ts';
import { purchaseErrors } from './purchase-errors.ts';
import { conflictErrors, transientErrors } from './transient-errors.ts';

/**
 * What Partner Center's answers mean. The first match wins; an answer without a row is parked as `unexpected`. Rows
 * that name a code come before those that go by status or words alone. Codes are those of
 * https://learn.microsoft.com/partner-center/developer/error-codes unless a row says otherwise; a row has several
 * statuses where the documented ones vary.
 */
export const errorTable: readonly ErrorRow[] = [
  ...transientErrors,
  ...accountErrors,
  ...purchaseErrors,
  ...notFoundErrors,
  ...roleErrors,
  ...invalidRequestErrors,
  ...conflictErrors,
  ...deletionErrors,
];
