import type { Answer } from '../refusal.ts';
import { answerTable } from './answer-table.ts';
import type { AnswerRow, Meaning } from './meaning.ts';

const unexpected: Meaning = {
  kind: 'park',
  reason: 'unexpected',
  nextStep:
    'Read the answer kept in this event; if it should be handled, report it. Then request the teardown again.',
};

/** The meaning of an answer by the first matching row of the table; `unexpected` where none matches. */
export function meaningOf(answer: Answer, table: readonly AnswerRow[] = answerTable): Meaning {
  return table.find((row) => matches(row, answer))?.meaning ?? unexpected;
}

function matches(row: AnswerRow, answer: Answer): boolean {
  const status =
    typeof row.statuses === 'function'
      ? row.statuses(answer.status)
      : row.statuses.includes(answer.status);
  return (
    status &&
    (row.codes === undefined || row.codes.some((code) => code === answer.code)) &&
    (!row.byService || isService(answer)) &&
    (!row.unreadable || answer.unreadable === true) &&
    (row.operations === undefined || row.operations.includes(answer.operation)) &&
    (row.description === undefined || row.description.test(answer.description))
  );
}

/** A gateway's page of HTML, or its own error shape, knows nothing of customers. */
function isService({ code, body }: Answer): boolean {
  return code !== undefined || body.trim() === '';
}
