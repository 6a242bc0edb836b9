import { domainToASCII } from 'node:url';

/** Source: RFC 1035: a name has at most 253 characters, its final dot left out. */
export const MAX_DOMAIN_LENGTH = 253;

/** A name outside ASCII may be longer or shorter than its ASCII form; nobody has one so long. */
const MAX_TEXT_LENGTH = 1_024;

/** What the URL parser takes for the end of a host's name, or leaves out of it; some marks become such. */
const IN_NO_DOMAIN = /[\s\p{Cc}"#%/:<>?@[\\\]^`{|}]/u;

/**
 * A domain in the one form in which two are compared: ASCII ("xn--…" for what is outside it), small letters, without
 * the final dot. Undefined where the text is no domain, so that nothing can be said of it.
 */
export function asciiDomain(text: string): string | undefined {
  const name = text.trim();
  if (name.length > MAX_TEXT_LENGTH || IN_NO_DOMAIN.test(name)) return undefined;
  return bounded(domainToASCII(name));
}

/** The same of a pattern, in which `*` stands for any run of characters of the ASCII form. */
export function asciiPattern(text: string): string | undefined {
  if (text.length > MAX_TEXT_LENGTH || IN_NO_DOMAIN.test(text)) return undefined;
  if (isAscii(text)) return bounded(text.toLowerCase());
  // What a part of a label is in ASCII depends on the whole of it.
  const mixed = text.split('.').some((label) => label.includes('*') && !isAscii(label));
  return mixed ? undefined : bounded(domainToASCII(text));
}

/** Whether two texts name one domain; false where one of them names none. */
export function isSameDomain(one: string | undefined, other: string): boolean {
  const ascii = one === undefined ? undefined : asciiDomain(one);
  return ascii !== undefined && ascii === asciiDomain(other);
}

function bounded(domain: string): string | undefined {
  const name = domain.endsWith('.') ? domain.slice(0, -1) : domain;
  const isNone = name.length > MAX_DOMAIN_LENGTH || IN_NO_DOMAIN.test(name);
  return isNone || name.split('.').includes('') ? undefined : name;
}

function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text);
}
