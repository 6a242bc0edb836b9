import type { LockedMessage } from '../local/service-bus/core/message.ts';

/** One message in the hands of one instance, and what the oracle must know of its work. */
export interface Invocation {
  readonly instance: number;
  readonly path: string;
  /** Absent for a run of a timer. */
  readonly message?: LockedMessage;
  readonly teardownId: string;
  /** Of the message's look; 0 for a request. */
  readonly attempt: number;
  readonly startedMs: number;
  /** The bodies of the lists that were read, by path; only answers with status 200. */
  readonly reads: Map<string, unknown>;
  requests: number;
  /** What it did and was told so far, which decides what it does next. */
  readonly history: string[];
}
