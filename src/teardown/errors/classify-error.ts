import type { ErrorResponse } from '../model/partner-center-error.ts';
import { adviceFor } from '../model/reasons.ts';
import type { ErrorAction, ErrorRow } from './error-action.ts';
import { errorTable } from './error-table.ts';
import { expandContractions } from './expand-contractions.ts';

const unexpected: ErrorAction = {
  kind: 'park',
  ...adviceFor('unexpected'),
};

/** The meaning of an answer by the first matching row of the table; `unexpected` where none matches. */
export function classifyError(
  answer: ErrorResponse,
  table: readonly ErrorRow[] = errorTable,
): ErrorAction {
  return table.find((row) => matches(row, answer, table))?.meaning ?? unexpected;
}

function matches(row: ErrorRow, answer: ErrorResponse, table: readonly ErrorRow[]): boolean {
  const status =
    typeof row.statuses === 'function'
      ? row.statuses(answer.status)
      : row.statuses.includes(answer.status);
  return (
    status &&
    (row.codes === undefined || row.codes.some((code) => code === answer.code)) &&
    (!row.withoutCode || answer.code === undefined) &&
    (!row.byService || isService(answer)) &&
    (!row.unreadable || answer.unreadable === true) &&
    (row.operations === undefined || row.operations.includes(answer.operation)) &&
    (row.description === undefined ||
      (!isKnown(answer.code, table) &&
        row.description.test(expandContractions(answer.description))))
  );
}

/** A code that a row names says what is meant, whatever the words; here it may mean nothing we know. */
function isKnown(code: string | undefined, table: readonly ErrorRow[]): boolean {
  return table.some(({ codes }) => codes?.some((each) => each === code));
}

/** A gateway's page of HTML, or its own error shape, knows nothing of customers. */
function isService({ code, body }: ErrorResponse): boolean {
  return code !== undefined || body.trim() === '';
}
