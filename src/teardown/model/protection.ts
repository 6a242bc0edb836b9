import { asciiDomain, asciiPattern } from '../../shared/domain.ts';
import { isGuid } from '../../shared/guid.ts';
import type { Customer } from './purchases.ts';

/** A rule that protects one customer, or the customers of a domain pattern, from every teardown. */
export interface Protection {
  /** A customer's tenant id (GUID), or a domain with `*` for any run of characters. */
  readonly customer: string;
  /** Whom to ask. */
  readonly owner: string;
  /** Expires at this moment, in milliseconds since the epoch; absent: never. */
  readonly untilMs?: number;
  readonly why?: string;
}

/**
 * The protection that covers a customer now, if any. Fails closed: a rule that cannot be evaluated protects, such as a
 * domain rule for a customer whose domain is unknown.
 */
export function protectionOf(
  customer: Customer,
  protections: readonly Protection[],
  nowMs: number,
): Protection | undefined {
  return protections
    .filter(({ untilMs }) => untilMs === undefined || nowMs < untilMs)
    .find((protection) => matchesRule(protection.customer, customer) ?? true);
}

/**
 * Whether a rule (a tenant id or a domain pattern) matches a customer; undefined where that cannot be decided. Domains
 * are compared in ASCII form.
 */
export function matchesRule(rule: string, { id, domain }: Customer): boolean | undefined {
  if (isGuid(rule)) return rule.toLowerCase() === id.toLowerCase();
  const pattern = asciiPattern(rule);
  const ascii = domain === undefined ? undefined : asciiDomain(domain);
  if (pattern === undefined || ascii === undefined) return undefined;
  return matchesDomain(pattern, ascii);
}

/** Whether a domain matches a pattern, both in ASCII form; `*` stands for any run of characters. Ignores case. */
export function matchesDomain(pattern: string, domain: string): boolean {
  const wanted = pattern.toLowerCase();
  const text = domain.toLowerCase();
  const [first, last] = [wanted.indexOf('*'), wanted.lastIndexOf('*')];
  if (first < 0) return text === wanted;
  const [head, tail] = [wanted.slice(0, first), wanted.slice(last + 1)];
  if (!text.startsWith(head)) return false;
  let from = head.length;
  for (const part of wanted.slice(first, last).split('*')) {
    const at = text.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return text.length - tail.length >= from && text.endsWith(tail);
}
