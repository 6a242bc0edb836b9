import type { ServiceBusMessage } from '@azure/service-bus';
import type { Senders } from '../src/service-bus/senders.ts';
import { deadLetterCause } from '../src/teardown/dead-letter.ts';
import type { TakeDeadLetters } from '../src/teardown/park-dead-letters.ts';
import type { Invocation } from './invocation.ts';
import { CHECKS, deadOf, REQUESTS, type World } from './world.ts';

/** What the SDK throws when Service Bus does not take a message, or does not say so. */
export class BusTrouble extends Error {
  override readonly name = 'BusTrouble';
}

/** Service Bus as one invocation reaches it. */
export class Bus {
  readonly #world: World;
  readonly #onSend: (entity: string, message: ServiceBusMessage) => void;
  /** Until then nothing can be sent. */
  downUntilMs = 0;

  constructor(world: World, onSend: (entity: string, message: ServiceBusMessage) => void) {
    this.#world = world;
    this.#onSend = onSend;
  }

  senders(invocation: Invocation): Senders {
    const { instance } = invocation;
    return {
      send: (entity, message) =>
        this.#world.effects.pass({ instance, invocation, name: `send ${entity}` }, () =>
          this.#send(entity, message),
        ),
    };
  }

  takeDeadLetters(invocation: Invocation): TakeDeadLetters {
    const { bus, effects } = this.#world;
    const { instance } = invocation;
    return async (queue, most) => {
      const path = deadOf(queue === 'requests' ? REQUESTS : CHECKS);
      const name = `take dead ${queue}`;
      const taken = await effects.pass({ instance, invocation, name }, () =>
        bus.receive(path, most),
      );
      return taken.map(({ content, lockToken, modifiedProperties }) => ({
        body: content.body,
        messageId: content.messageId ?? '',
        cause: deadLetterCause(
          textOf(modifiedProperties['DeadLetterReason']),
          textOf(modifiedProperties['DeadLetterErrorDescription']),
        ),
        remove: () => this.settle(invocation, path, lockToken, 'complete'),
      }));
    };
  }

  settle(
    invocation: Invocation,
    path: string,
    lockToken: string,
    kind: 'complete' | 'abandon',
  ): Promise<void> {
    const { bus, effects } = this.#world;
    return effects.pass({ instance: invocation.instance, invocation, name: kind }, () => {
      if (this.#world.happens('settlement lost', 0.02)) return;
      bus.settle(path, lockToken, { kind });
    });
  }

  #send(entity: string, message: ServiceBusMessage): void {
    const { bus, time } = this.#world;
    if (time.nowMs < this.downUntilMs || this.#world.happens('sending refused', 0.02)) {
      throw new BusTrouble('The message was not taken.');
    }
    this.#onSend(entity, message);
    const { messageId, correlationId, subject, scheduledEnqueueTimeUtc, body } = message;
    bus.send(entity, [
      {
        messageId: String(messageId),
        correlationId: String(correlationId),
        ...(subject !== undefined && { subject }),
        ...(scheduledEnqueueTimeUtc && {
          scheduledEnqueueTimeMs: scheduledEnqueueTimeUtc.getTime(),
        }),
        body: JSON.parse(JSON.stringify(body)),
      },
    ]);
    if (this.#world.happens('sent, but not confirmed', 0.02)) {
      throw new BusTrouble('No confirmation came.');
    }
  }
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;
