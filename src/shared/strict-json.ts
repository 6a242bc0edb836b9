import { redactAndCut } from '../redaction/redact.ts';
import { quoted } from './visible-text.ts';

/**
 * A message of the Standard tier has at most as many bytes. Source:
 * https://learn.microsoft.com/azure/service-bus-messaging/service-bus-quotas
 */
const MAX_JSON_LENGTH = 256 * 1024;
const MAX_JSON_DEPTH = 32;

/** How much of a name a message quotes. */
const MAX_NAME_LENGTH = 60;

export type StrictJson =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false;
      /** Not JSON at all, rather than JSON that is refused. */
      readonly isOther: boolean;
      /** What is wrong, as the end of a message: `is not valid JSON`. */
      readonly problem: string;
    };

/**
 * Parses JSON that every reader understands alike: no object has a name twice, at any depth, because readers treat a
 * second one differently (RFC 8259, section 4). Length and depth are bounded, and the time is linear.
 */
export function parseStrictJson(text: string): StrictJson {
  if (text.length > MAX_JSON_LENGTH) return refused(`is longer than ${MAX_JSON_LENGTH} characters`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, isOther: true, problem: 'is not valid JSON' };
  }
  const problem = problemOf(text);
  return problem === undefined ? { ok: true, value } : refused(problem);
}

function refused(problem: string): StrictJson {
  return { ok: false, isOther: false, problem };
}

/** The strings and punctuation of valid JSON, one after the other. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/g;

/** The names so far in each open object; undefined for a list. */
type Open = (Set<string> | undefined)[];

function problemOf(text: string): string | undefined {
  const open: Open = [];
  let before = '';
  for (const [token] of text.matchAll(TOKENS)) {
    const problem = token.startsWith('"')
      ? nameTwice(token, before, open.at(-1))
      : tooDeep(token, open);
    if (problem !== undefined) return problem;
    before = token;
  }
  return undefined;
}

function tooDeep(token: string, open: Open): string | undefined {
  if (token === '}' || token === ']') open.pop();
  if (token === '{' || token === '[') open.push(token === '{' ? new Set() : undefined);
  return open.length > MAX_JSON_DEPTH
    ? `is nested deeper than ${MAX_JSON_DEPTH} levels`
    : undefined;
}

/** In valid JSON, a string in an object is a name unless it follows a `:`. */
function nameTwice(
  token: string,
  before: string,
  names: Set<string> | undefined,
): string | undefined {
  if (names === undefined || before === ':') return undefined;
  const name: string = JSON.parse(token);
  if (names.has(name)) return `has the name ${quoted(redactAndCut(name, MAX_NAME_LENGTH))} twice`;
  names.add(name);
  return undefined;
}
