import type { LockedMessage } from 'local-service-bus/core';

/** One message on one instance, or a run of a timer, with what the oracle needs to judge it. */
export interface Invocation {
  readonly instance: number;
  readonly path: string;
  /** Absent for a run of a timer. */
  readonly message?: LockedMessage;
  readonly teardownId: string;
  /** Of the message's check; 0 for a request. */
  readonly attempt: number;
  readonly startedMs: number;
  /** The bodies of what was read, by path; only answers with status 200. */
  readonly reads: Map<string, string>;
  requests: number;
  /** Whether an answer was an error, or not the sandbox's current one. */
  hindered: boolean;
  /** Whether it read that its customer is unknown. */
  readGone: boolean;
  /** The tenants of the accounts that answered it. */
  readonly tenants: Set<string>;
  /** The requests that timed out, as `get /customers/…`. */
  readonly timedOut: Set<string>;
  /** No request may be sent before this time (`Retry-After`). */
  notBeforeMs: number;
  /** When cancellations of Azure subscriptions were accepted, by the path of the call. */
  readonly cancelled: Map<string, number>;
  /** Its requests and answers so far, which decide what it does next. */
  readonly history: string[];
}

/** An invocation sends no more requests after so long. */
export const MAX_CHECK_MS = 20_000;

/** Whether it may have failed to read something. */
export function wasHindered({ hindered, startedMs }: Invocation, nowMs: number): boolean {
  return hindered || nowMs - startedMs > MAX_CHECK_MS;
}

type About = Pick<
  Invocation,
  'instance' | 'path' | 'message' | 'teardownId' | 'attempt' | 'startedMs'
>;

export function newInvocation(about: About): Invocation {
  return {
    ...about,
    reads: new Map(),
    requests: 0,
    hindered: false,
    readGone: false,
    tenants: new Set(),
    timedOut: new Set(),
    cancelled: new Map(),
    notBeforeMs: 0,
    history: [],
  };
}
