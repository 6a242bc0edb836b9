import type { InvocationContext } from '@azure/functions';
import { redactAndCut } from '../redaction/redact.ts';
import type { Log, LogOf } from '../teardown/log/log.ts';
import { EVENTS } from '../teardown/log/log-events.ts';

/** Application Insights cuts a message after 32,768 characters, and what is left of cut JSON is nothing. */
export const MAX_TEXT_LENGTH = 1_000;

/** What some readers of a log take for the end of a line or for an order to a terminal, and JSON leaves as it is. */
const BREAKS_LINES = /[\u007f-\u009f\u2028\u2029]/g;

/** Through the invocation's own log, so that the lines carry the invocation's id. */
export function logsOf(context: Pick<InvocationContext, 'log' | 'warn'>): LogOf {
  return (correlationId) => (event, fields) => {
    const line = lineOf(event, { correlationId, ...fields });
    if (EVENTS[event].level === 'warn') context.warn(line);
    else context.log(line);
  };
}

/** For what concerns the whole instance: a token is asked for once for all its invocations. */
export const instanceLog: Log = (event, fields) => console.warn(lineOf(event, { ...fields }));

/** One line of JSON, whatever is in it, and without a secret. The queries know it by its beginning. */
function lineOf(event: string, fields: Readonly<Record<string, unknown>>): string {
  const short = Object.entries(fields).map(([name, value]) => [
    name,
    typeof value === 'string' ? redactAndCut(value, MAX_TEXT_LENGTH) : value,
  ]);
  return JSON.stringify({ event, ...Object.fromEntries(short) }).replace(
    BREAKS_LINES,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
