import type { Rule } from './filter.ts';
import type { Scheduled } from './scheduled.ts';
import type { StoredMessage } from './stored-message.ts';

/**
 * One piece of what a namespace holds, plain data throughout (but for the messages' opaque bodies). All of them,
 * restored in the same order into a new namespace of the same entities, make the same namespace again.
 */
export type NamespaceRecord = InboxRecord | QueueRecord | RulesRecord;

/** What senders see: the numbers given, the MessageIds seen, the messages that wait for their time. */
export type InboxRecord =
  | { readonly kind: 'numbers'; readonly path: string; readonly last: number }
  | {
      readonly kind: 'seen';
      readonly path: string;
      readonly messageId: string;
      readonly seenMs: number;
    }
  | { readonly kind: 'scheduled'; readonly path: string; readonly scheduled: Scheduled };

/** What receivers see: a subscription numbers its messages itself. */
export type QueueRecord =
  | { readonly kind: 'queue-numbers'; readonly path: string; readonly last: number }
  | { readonly kind: 'message'; readonly path: string; readonly message: StoredMessage };

/** A subscription's rules. */
export interface RulesRecord {
  readonly kind: 'rules';
  readonly path: string;
  readonly rules: readonly Rule[];
}
