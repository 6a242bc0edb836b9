import type { Invocation } from './invocation.ts';
import { isAzureCancellation } from './oracle/cancellations.ts';

/** An answer of Partner Center, or of something in its place. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whether it is the sandbox's current answer. */
  readonly plain: boolean;
  /** Whether its body was damaged on the way, under a good status. */
  readonly mangled?: true;
}

/** Records for the oracle what an invocation read in the answer to `get /customers/…`. */
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
  // A customer that is gone and one that never existed read alike: the service's own answer, without a customer.
  if (plain && [403, 404].includes(status) && /^\/customers\/[^/?]+$/.test(path)) {
    invocation.readGone = true;
  }
}
