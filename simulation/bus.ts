import type { ServiceBusMessage } from '@azure/service-bus';
import type { LockedMessage } from 'local-service-bus/core';
import type { Senders } from '../src/service-bus/senders.ts';
import { deadLetterCause } from '../src/teardown/model/dead-letter-cause.ts';
import type { TakeDeadLetters } from '../src/teardown/park-dead-letters.ts';
import type { PeekQueue } from '../src/teardown/reconcile/start-in-turn.ts';
import { Deliveries } from './deliveries.ts';
import type { Invocation } from './invocation.ts';
import { asSent, CHECKS, deadOf, peekOf, REQUESTS } from './service-bus.ts';
import type { World } from './world.ts';

/** What the SDK throws when Service Bus does not accept a message, or does not confirm it. */
export class BusError extends Error {
  override readonly name = 'BusError';
}

/** Called with every message that Service Bus is about to accept from an invocation. */
type OnSend = (invocation: Invocation, entity: string, message: ServiceBusMessage) => void;

/** Service Bus as one invocation reaches it. */
export class Bus {
  readonly #world: World;
  readonly #onSend: OnSend;
  readonly deliveries: Deliveries;
  /** Until then nothing can be sent. */
  downUntilMs = 0;

  constructor(world: World, onSend: OnSend) {
    this.#world = world;
    this.#onSend = onSend;
    this.deliveries = new Deliveries(world.met);
  }

  senders(invocation: Invocation): Senders {
    const { instance } = invocation;
    return {
      send: (entity, message) =>
        this.#world.effects.pass({ instance, invocation, name: `send ${entity}` }, () =>
          this.#send(invocation, entity, message),
        ),
    };
  }

  peek(invocation: Invocation): PeekQueue {
    const { bus, effects, time } = this.#world;
    const { instance } = invocation;
    return (queue, maxCount) =>
      effects.pass({ instance, invocation, name: `peek ${queue}` }, () => {
        if (time.nowMs < this.downUntilMs || this.#world.happens('peeking refused', 0.02)) {
          throw new BusError('Nothing could be peeked.');
        }
        return peekOf(bus, queue, maxCount);
      });
  }

  takeDeadLetters(invocation: Invocation): TakeDeadLetters {
    const { bus, effects } = this.#world;
    const { instance } = invocation;
    return async (queue, maxCount) => {
      const path = deadOf(queue === 'requests' ? REQUESTS : CHECKS);
      const name = `take dead ${queue}`;
      const taken = await effects.pass({ instance, invocation, name }, () =>
        bus.receive(path, maxCount),
      );
      return taken.map(({ content, lockToken, modifiedProperties }) => ({
        body: content.body,
        messageId: content.messageId ?? '',
        cause: deadLetterCause(
          textOf(modifiedProperties['DeadLetterReason']),
          textOf(modifiedProperties['DeadLetterErrorDescription']),
        ),
        remove: () =>
          effects.pass({ instance, invocation, name: 'complete' }, () => {
            if (this.#world.happens('settlement lost', 0.02)) return;
            bus.settle(path, lockToken, { kind: 'complete' });
          }),
      }));
    };
  }

  /** Settles the message of a trigger. */
  settle(invocation: Invocation, message: LockedMessage, kind: 'complete' | 'abandon') {
    const { bus, effects, time } = this.#world;
    const { instance, path } = invocation;
    return effects.pass({ instance, invocation, name: kind }, () => {
      if (this.#world.happens('settlement lost', 0.02)) return;
      try {
        bus.settle(path, message.lockToken, { kind });
      } catch (error) {
        this.deliveries.notSettled(message, time.nowMs);
        throw error;
      }
      if (kind === 'abandon') this.deliveries.abandoned(path, message);
    });
  }

  #send(invocation: Invocation, entity: string, message: ServiceBusMessage): void {
    const { time } = this.#world;
    if (time.nowMs < this.downUntilMs || this.#world.happens('sending refused', 0.02)) {
      throw new BusError('The message was not accepted.');
    }
    this.#onSend(invocation, entity, message);
    this.#world.send(entity, asSent(message));
    if (this.#world.happens('sent, but not confirmed', 0.02)) {
      throw new BusError('No confirmation came.');
    }
  }
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;
