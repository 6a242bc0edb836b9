import { BrokerError } from '../../src/core/broker-error.ts';
import { durationMs } from '../../src/core/duration.ts';
import type { BrokeredMessage, LockedMessage } from '../../src/core/message.ts';
import type { Namespace } from '../../src/core/namespace.ts';
import { FOREVER } from '../../src/entities.ts';
import { type Bus, type Locked, type NewMessage, Refused, type Shown, type Source } from './bus.ts';

const PATHS: Readonly<Record<Source, string>> = {
  queue: 'jobs',
  'dead-letters': 'jobs/$DeadLetterQueue',
};

/** A queue's default time to live, if nothing else is said, is as good as none. */
const FOREVER_MS = durationMs(FOREVER);

const RULES = new Set(['com.microsoft:message-lock-lost', 'com.microsoft:message-not-found']);

/** A core on a clock moved by hand, which may be one that is started anew. */
export interface TestedCore {
  nowMs: number;
  readonly namespace: Namespace;
  restart?(): unknown;
  stop?(): void;
}

/** The broker's core, without a socket. */
export function coreBus(harness: TestedCore): Bus<LockedMessage, number> {
  const send = ({ body, messageId, timeToLiveMs }: NewMessage, enqueueAtMs?: number): number => {
    const [number = 0] = harness.namespace.send('jobs', [
      {
        body,
        messageId,
        ...(timeToLiveMs !== undefined && { timeToLiveMs }),
        ...(enqueueAtMs !== undefined && { scheduledEnqueueTimeMs: enqueueAtMs }),
      },
    ]);
    return number;
  };
  return {
    send: async (message, enqueueAtMs) => void send(message, enqueueAtMs),
    schedule: async (message, enqueueAtMs) => send(message, enqueueAtMs),
    cancel: async (ticket) => refusing(() => harness.namespace.cancelScheduled('jobs', [ticket])),
    receive: async (source, count) => harness.namespace.receive(PATHS[source], count).map(asLocked),
    receiveAndDelete: async (source, count) =>
      harness.namespace.receiveAndDelete(PATHS[source], count).map(asShown),
    ticketOf: (lock) => lock.sequenceNumber,
    receiveDeferred: async (ticket) => {
      const [message] = refusing(() => harness.namespace.receiveDeferred('jobs', [ticket]));
      if (message === undefined) throw new Error('Neither a message nor an error.');
      return asLocked(message);
    },
    settle: async (source, { lockToken }, settlement) => {
      const outcome =
        settlement === 'dead-letter'
          ? ({ kind: settlement, reason: 'Test' } as const)
          : { kind: settlement };
      refusing(() => harness.namespace.settle(PATHS[source], lockToken, outcome));
    },
    renew: async (source, { lockToken }) =>
      refusing(() => harness.namespace.renewLock(PATHS[source], lockToken)),
    peek: async (source, pageSize) =>
      pages((from) => harness.namespace.peek(PATHS[source], from, pageSize)).map(asShown),
    advance: async (ms) => {
      harness.nowMs += ms;
    },
    restart: async () => void harness.restart?.(),
    close: async () => harness.stop?.(),
  };
}

function pages(readPage: (fromSequenceNumber: number) => BrokeredMessage[]): BrokeredMessage[] {
  const page = readPage(0);
  const all = [...page];
  for (let last = page.at(-1); last !== undefined; ) {
    const next = readPage(last.sequenceNumber + 1);
    all.push(...next);
    last = next.at(-1);
  }
  return all;
}

const asShown = (message: BrokeredMessage): Shown => ({
  body: Number(message.content.body),
  state: message.state,
  deliveryCount: message.deliveryCount,
  expiresAtMs: message.timeToLiveMs < FOREVER_MS ? message.expiresAtMs : undefined,
  enqueuedAtMs: message.enqueuedTimeMs,
  deadLetterReason: message.modifiedProperties['DeadLetterReason'] as string | undefined,
});

const asLocked = (message: LockedMessage): Locked<LockedMessage> => ({
  ...asShown(message),
  lock: message,
  lockedUntilMs: message.lockedUntilMs,
});

function refusing<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof BrokerError && RULES.has(error.condition)) throw new Refused();
    throw error;
  }
}
