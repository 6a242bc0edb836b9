import { createHash } from 'node:crypto';
import type { Unanswered } from '../../teardown/model/partner-center-error.ts';

interface Request {
  readonly method: string;
  /** Below `/v1`. */
  readonly path: string;
  readonly json?: unknown;
}

/** Enough of the body's hash to tell two bodies of one call apart. */
const BODY_HASH_LENGTH = 16;

/** The MS-RequestId of each request of a check. Source: https://learn.microsoft.com/partner-center/developer/headers */
export interface RequestIds {
  /** A new id; for the write that the previous check got no answer to its old id, once. */
  next(request: Request): string;
}

/** @param newId makes a GUID */
export function requestIds(unanswered: Unanswered | undefined, newId: () => string): RequestIds {
  let open = unanswered;
  return {
    next(request) {
      if (open === undefined || open.call !== callOf(request)) return newId();
      const { requestId } = open;
      open = undefined;
      return requestId;
    },
  };
}

/** What the next check has to know of a write without an answer; nothing for a read. */
export function unansweredWrite(
  request: Request,
  requestId: string,
): { readonly unanswered?: Unanswered } {
  return request.method === 'get' ? {} : { unanswered: { call: callOf(request), requestId } };
}

/** With the body: another one is another request, which must not be answered as the first one was. */
function callOf({ method, path, json }: Request): string {
  const call = `${method.toUpperCase()} ${path}`;
  if (json === undefined) return call;
  const hash = createHash('sha256').update(JSON.stringify(json)).digest('hex');
  return `${call} ${hash.slice(0, BODY_HASH_LENGTH)}`;
}
