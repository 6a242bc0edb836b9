import { invalidInput, type Reply } from './answer.ts';
import { GUID } from './identifiers.ts';

/** Headers that no call takes, and values that no call takes. */

/** Beside those with a check of their own: the application's name, and what the SDK reports of itself. */
const REPORTED = ['ms-partnercenter-application', 'ms-partnercenter-client', 'ms-sdkversion'];
const KNOWN: ReadonlySet<string> = new Set([
  ...['ms-requestid', 'ms-correlationid', 'ms-contract-version', 'ms-continuationtoken'],
  ...REPORTED,
]);

/** HTTP's own that would make the answer another one; no article has any of them. */
const UNSUPPORTED: ReadonlySet<string> = new Set([
  ...['if-none-match', 'if-modified-since', 'if-unmodified-since', 'if-range', 'range', 'prefer'],
  ...['content-encoding', 'x-http-method', 'x-http-method-override', 'x-method-override'],
]);

/** An unknown name of the service's own is a slip of the pen, and what it was for would not be done. */
export function unknownProblem(headers: ReadonlyMap<string, string>): Reply | undefined {
  const name = [...headers.keys()].find(
    (one) => UNSUPPORTED.has(one) || (one.startsWith('ms-') && !KNOWN.has(one)),
  );
  return name === undefined ? undefined : invalidInput(`The header ${name} is not supported.`);
}

/** Article headers has the types of these. The texts are English, so another language is refused (the sandbox's own limit). */
export function valueProblem(given: (name: string) => string | undefined): Reply | undefined {
  const odd = VALUES.find(({ name, accepts }) => {
    const value = given(name);
    return value !== undefined && !accepts(value);
  });
  return odd === undefined ? undefined : invalidInput(`${odd.name} must be ${odd.expected}.`);
}

/** Some samples have quotation marks about the locale, some have it twice. */
const isEnglish = (value: string) => /^"?en-US"?(\s*,\s*"?en-US"?)*$/i.test(value);

const VALUES = [
  { name: 'ms-requestid', expected: 'a GUID', accepts: (value: string) => GUID.test(value) },
  { name: 'ms-correlationid', expected: 'a GUID', accepts: (value: string) => GUID.test(value) },
  { name: 'x-locale', expected: 'en-US', accepts: isEnglish },
  {
    name: 'accept-language',
    expected: 'a list with English',
    accepts: (value: string) => /(^|,)\s*(\*|en\b)/i.test(value),
  },
  {
    name: 'validatemfa',
    expected: 'true or false',
    accepts: (value: string) => /^(true|false)$/i.test(value),
  },
];
