import { randomUUID } from 'node:crypto';
import type { Namespace } from 'local-service-bus/core';
import { asSent, CHECKS, REQUESTS, serviceBus } from '../simulation/service-bus.ts';
import type { Timeline } from '../simulation/timeline.ts';
import { serviceBusMessenger } from '../src/service-bus/messenger.ts';
import type { Messenger } from '../src/teardown/model/messenger.ts';
import type { Outcome } from '../src/teardown/model/outcome.ts';
import type { SweepMessenger } from '../src/teardown/sweep/sweep.ts';

export interface TakenMessage {
  readonly queue: 'requests' | 'checks';
  readonly messageId: string;
  readonly body: unknown;
}

const QUEUES = [
  ['requests', REQUESTS],
  ['checks', CHECKS],
] as const;

const ORIGIN = { sandboxTenantId: 'sandbox', portalUrl: 'https://portal.invalid' };

/** The simulation's Service Bus without its faults: one message after the other, and time passes where none is due. */
export class PlayedBus {
  readonly messenger: Messenger & SweepMessenger;
  readonly outcomes: Outcome[] = [];
  readonly #bus: Namespace;
  readonly #time: Timeline;

  constructor(time: Timeline, onSend: () => void = () => undefined) {
    const nowMs = () => time.nowMs;
    this.#time = time;
    this.#bus = serviceBus(nowMs, randomUUID);
    const senders = {
      send: async (entity: string, message: Parameters<typeof asSent>[0]) => {
        onSend();
        this.#bus.send(entity, [asSent(message)]);
      },
    };
    const messenger = serviceBusMessenger(senders, ORIGIN, nowMs);
    this.messenger = {
      ...messenger,
      publishOutcome: (about, outcome) => {
        this.outcomes.push(outcome);
        return messenger.publishOutcome(about, outcome);
      },
    };
  }

  /** The next message of either queue, at the time when it is due; undefined: both are empty. */
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
