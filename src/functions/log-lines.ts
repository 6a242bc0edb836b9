import type { InvocationContext } from '@azure/functions';
import { redactAndCut } from '../redaction/redact.ts';
import type { Log, LogOf } from '../teardown/log/log.ts';
import { EVENTS } from '../teardown/log/log-events.ts';

/**
 * Application Insights cuts a message after 32,768 characters, and JSON that is cut off cannot be read. Source:
 * https://learn.microsoft.com/azure/azure-monitor/app/data-model-trace-telemetry
 */
export const MAX_TEXT_LENGTH = 1_000;

/**
 * Characters that JSON leaves as they are, but that some readers of a log take for a line break or a terminal command.
 */
const BREAKS_LINES = /[\u007f-\u009f\u2028\u2029]/g;

/** Logs through the invocation's own log, so that the lines carry its id. */
export function logsOf(context: Pick<InvocationContext, 'log' | 'warn'>): LogOf {
  return (correlationId) => (event, fields) => {
    const line = lineOf(event, { correlationId, ...fields });
    if (EVENTS[event].level === 'warn') context.warn(line);
    else context.log(line);
  };
}

/** For what concerns the whole instance: a token is requested once for all its invocations. */
export const instanceLog: Log = (event, fields) => console.warn(lineOf(event, { ...fields }));

/** One line of JSON without secrets, whatever is in it. The queries recognise it by its beginning. */
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
