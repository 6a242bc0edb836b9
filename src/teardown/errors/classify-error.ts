import type { ErrorResponse } from '../model/partner-center-error.ts';
import { adviceFor } from '../model/reasons.ts';
import type { ErrorAction, ErrorRow } from './error-action.ts';
import { errorTable } from './error-table.ts';
import { expandContractions } from './expand-contractions.ts';

const unexpected: ErrorAction = {
  kind: 'park',
  ...adviceFor('unexpected'),
};

/** The action for an error response, by the first matching row of the table; `unexpected` where none matches. */
export function classifyError(
  response: ErrorResponse,
  table: readonly ErrorRow[] = errorTable,
): ErrorAction {
  return table.find((row) => matches(row, response, table))?.action ?? unexpected;
}

function matches(row: ErrorRow, response: ErrorResponse, table: readonly ErrorRow[]): boolean {
  const status =
    typeof row.statuses === 'function'
      ? row.statuses(response.status)
      : row.statuses.includes(response.status);
  return (
    status &&
    (row.codes === undefined || row.codes.some((code) => code === response.code)) &&
    (!row.withoutCode || response.code === undefined) &&
    (!row.byService || isService(response)) &&
    (!row.unreadable || response.unreadable === true) &&
    (row.operations === undefined || row.operations.includes(response.operation)) &&
    (row.description === undefined ||
      (!isKnown(response.code, table) &&
        row.description.test(expandContractions(response.description))))
  );
}

/** Whether a row names this code: then the code decides, and not the words of the description. */
function isKnown(code: string | undefined, table: readonly ErrorRow[]): boolean {
  return table.some(({ codes }) => codes?.some((each) => each === code));
}

/**
 * Whether the service itself answered: a gateway, with its HTML page or its own error shape, knows nothing of
 * customers.
 */
function isService({ code, body }: ErrorResponse): boolean {
  return code !== undefined || body.trim() === '';
}
