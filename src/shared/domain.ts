import { domainToASCII } from 'node:url';

/** RFC 1035: a name has at most 253 characters, without its final dot. */
export const MAX_DOMAIN_LENGTH = 253;

/** A name outside ASCII may be longer or shorter than its ASCII form; no real one is this long. */
const MAX_TEXT_LENGTH = 1_024;

/** Characters at which the URL parser ends a host name, or which it drops. Some symbols normalise to one of them. */
const NOT_IN_A_DOMAIN = /[\s\p{Cc}"#%/:<>?@[\\\]^`{|}]/u;

/**
 * The canonical form of a domain, for comparisons: ASCII ("xn--…" for anything else), lower case, without the final
 * dot. Undefined where the text is not a domain.
 */
export function asciiDomain(text: string): string | undefined {
  const name = text.trim();
  if (name.length > MAX_TEXT_LENGTH || NOT_IN_A_DOMAIN.test(name)) return undefined;
  return bounded(domainToASCII(name));
}

/** The canonical form of a pattern, in which `*` stands for any run of characters of the ASCII form. */
export function asciiPattern(text: string): string | undefined {
  if (text.length > MAX_TEXT_LENGTH || NOT_IN_A_DOMAIN.test(text)) return undefined;
  if (isAscii(text)) return bounded(text.toLowerCase());
  // A part of a label cannot be converted to ASCII without the rest of it.
  const mixed = text.split('.').some((label) => label.includes('*') && !isAscii(label));
  return mixed ? undefined : bounded(domainToASCII(text));
}

/** Whether two texts name the same domain; false where either is not a domain. */
export function isSameDomain(one: string | undefined, other: string): boolean {
  const ascii = one === undefined ? undefined : asciiDomain(one);
  return ascii !== undefined && ascii === asciiDomain(other);
}

function bounded(domain: string): string | undefined {
  const name = domain.endsWith('.') ? domain.slice(0, -1) : domain;
  const isNone = name.length > MAX_DOMAIN_LENGTH || NOT_IN_A_DOMAIN.test(name);
  return isNone || name.split('.').includes('') ? undefined : name;
}

function isAscii(text: string): boolean {
  return /^[\0-\x7f]*$/.test(text);
}
