import { randomUUID } from 'node:crypto';
import type { Unanswered } from '../../teardown/model/partner-center-error.ts';

interface Request {
  readonly method: string;
  /** Below `/v1`. */
  readonly path: string;
}

/** The MS-RequestId of each request of a check. Source: https://learn.microsoft.com/partner-center/developer/headers */
export interface RequestIds {
  /** A new one; the old one, once, for the write that the check before got no answer to. */
  next(request: Request): string;
}

export function requestIds(unanswered: Unanswered | undefined): RequestIds {
  let open = unanswered;
  return {
    next(request) {
      if (open === undefined || open.call !== callOf(request)) return randomUUID();
      const { requestId } = open;
      open = undefined;
      return requestId;
    },
  };
}

/** What the next check has to know of a request without an answer; nothing of one that only reads. */
export function unansweredWrite(
  request: Request,
  requestId: string,
): { readonly unanswered?: Unanswered } {
  return request.method === 'get' ? {} : { unanswered: { call: callOf(request), requestId } };
}

function callOf({ method, path }: Request): string {
  return `${method.toUpperCase()} ${path}`;
}
