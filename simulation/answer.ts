import type { Invocation } from './invocation.ts';
import { isAzureCancellation } from './oracle/cancellations.ts';

/** An answer of Partner Center, or what came in its place. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** It is the sandbox's own of this moment. */
  readonly plain: boolean;
  /** Its status is good, and its body was mangled on the way. */
  readonly mangled?: true;
}

/** Keeps for the oracle what an invocation was told by the answer to `get /customers/…`. */
export function noteAnswer(invocation: Invocation, what: string, answer: Answer, nowMs: number) {
  const { status, body, headers, plain } = answer;
  const [method, path = ''] = what.split(' ');
  if (!plain || status >= 300) invocation.hindered = true;
  if (status === 429) {
    const waitMs = 1_000 * Number(headers['retry-after'] ?? 0);
    invocation.notBeforeMs = Math.max(invocation.notBeforeMs, nowMs + waitMs);
  }
  if (method === 'post' && status < 300 && isAzureCancellation(path)) {
    invocation.cancelled.set(path, nowMs);
  }
  if (method !== 'get') return;
  if (status === 200 && !answer.mangled) invocation.reads.set(path, body);
  // What is gone and what never was read alike: an answer that is the service's own, and no customer.
  if (plain && [403, 404].includes(status) && /^\/customers\/[^/?]+$/.test(path)) {
    invocation.readGone = true;
  }
}
