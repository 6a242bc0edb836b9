import type { LockedMessage } from 'local-service-bus/core';

/** One message in the hands of one instance, or a run of a timer, and what the oracle must know of its work. */
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
  /** An answer was not the sandbox's own of that moment, or said no. */
  hindered: boolean;
  /** Its customer was asked for, and is unknown. */
  readGone: boolean;
  /** Whose account's answers it had. */
  readonly tenants: Set<string>;
  /** What was waited for in vain, as `get /customers/…`. */
  readonly timedOut: Set<string>;
  /** Before this Partner Center wants to be asked nothing (`Retry-After`). */
  notBeforeMs: number;
  /** When Azure subscriptions were said to be cancelled, by the path of the call. */
  readonly cancelled: Map<string, number>;
  /** What it did and was told so far, which decides what it does next. */
  readonly history: string[];
}

/** An invocation asks nothing more after so long. */
export const MAX_CHECK_MS = 20_000;

/** Whether there may be something that it could not read. */
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
