import * as v from 'valibot';
import { scalarText } from '../../shared/scalar-text.ts';
import { lowercaseKeys } from './lowercase-keys.ts';
import { text } from './schema.ts';

/**
 * "Maximum length is 1024 characters" (https://learn.microsoft.com/partner-center/developer/error-codes); a longer one
 * is cut.
 */
const MAX_DESCRIPTION_LENGTH = 1_024;

const description = v.pipe(
  v.nullish(v.unknown()),
  v.transform((value) => {
    const words = scalarText(value)?.trim().slice(0, MAX_DESCRIPTION_LENGTH).toWellFormed();
    return words === '' ? undefined : words;
  }),
);

/** The service's shape. Source: https://learn.microsoft.com/partner-center/developer/error-codes */
const serviceFault = v.object({ code: text, description });

/** The API gateway's shape. Source: https://learn.microsoft.com/partner-center/developer/api-throttling-guidance */
const gatewayFault = v.object({ statuscode: text, message: description });

const anyFault = v.union([serviceFault, gatewayFault]);

/** Whether a parsed body is an error in either shape. Only its own names are read, because it may be a long list. */
export function isFault(json: unknown): boolean {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return false;
  const fields = Object.entries(json).map(([name, value]) => [name.toLowerCase(), value]);
  return v.is(anyFault, Object.fromEntries(fields));
}

/** Code and description of an error body in either shape; for anything else a description of its format. */
export function readFault(body: string): { code?: string; description: string } {
  const folded = parseOrUndefined(body);
  const service = v.safeParse(serviceFault, folded);
  if (service.success) {
    const { code, description } = service.output;
    return { code, description: description ?? `code ${code}, without a description` };
  }
  const gateway = v.safeParse(gatewayFault, folded);
  if (gateway.success) return { description: gateway.output.message ?? 'no message' };
  if (body.trim() === '') return { description: 'The answer has no body.' };
  const kind = /^\s*</.test(body)
    ? 'HTML or XML'
    : folded === undefined
      ? 'not JSON'
      : 'unknown JSON';
  return { description: `The answer's body is in no known error shape (${kind}).` };
}

function parseOrUndefined(body: string): unknown {
  try {
    return lowercaseKeys(JSON.parse(body));
  } catch {
    return undefined;
  }
}
