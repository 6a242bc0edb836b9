import { randomUUID } from 'node:crypto';
import type { Namespace } from 'local-service-bus/core';
import {
  asSent,
  CHECKS,
  OUTCOMES,
  peekOf,
  REQUESTS,
  serviceBus,
} from '../simulation/service-bus.ts';
import type { Timeline } from '../simulation/timeline.ts';
import type { Senders } from '../src/service-bus/senders.ts';
import type { PeekQueue } from '../src/teardown/reconcile/start-in-turn.ts';

export interface TakenMessage {
  readonly queue: 'requests' | 'checks';
  readonly messageId: string;
  readonly body: unknown;
}

/** An outcome, read from its event. */
export interface PlayedOutcome extends Readonly<Record<string, unknown>> {
  readonly outcome: string;
  readonly reason: string;
  readonly explanation: string;
}

const QUEUES = [
  ['requests', REQUESTS],
  ['checks', CHECKS],
] as const;

/** The simulation's Service Bus without its faults: one message after the other, and time passes where none is due. */
export class PlayedBus {
  readonly senders: Senders;
  readonly peek: PeekQueue;
  readonly outcomes: PlayedOutcome[] = [];
  readonly #bus: Namespace;
  readonly #time: Timeline;

  constructor(time: Timeline, onSend: () => void = () => undefined) {
    const nowMs = () => time.nowMs;
    this.#time = time;
    this.#bus = serviceBus(nowMs, randomUUID);
    this.peek = async (...asked) => peekOf(this.#bus, ...asked);
    this.senders = {
      send: async (entity, message) => {
        onSend();
        const sent = asSent(message);
        this.#bus.send(entity, [sent]);
        if (entity === OUTCOMES) this.outcomes.push(...outcomeIn(sent.body));
      },
    };
  }

  /** The next message of either queue, when it is due; undefined if both are empty. */
  take(): TakenMessage | undefined {
    while (QUEUES.some(([, path]) => this.#isWaiting(path))) {
      for (const [queue, path] of QUEUES) {
        const [message] = this.#bus.receiveAndDelete(path);
        if (message === undefined) continue;
        const { messageId = '', body } = message.content;
        return { queue, messageId, body };
      }
      this.#time.advanceTo(this.#bus.nextDueMs());
    }
    return undefined;
  }

  #isWaiting(path: string): boolean {
    const { active, scheduled } = this.#bus.counts(path);
    return active + scheduled > 0;
  }
}

/** None in an event of the sweep. */
function outcomeIn(event: unknown): PlayedOutcome[] {
  const { data } = event as { readonly data: PlayedOutcome };
  return data.outcome === undefined ? [] : [data];
}
