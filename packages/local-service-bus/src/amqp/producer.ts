import type { EventContext, Receiver } from 'rhea';
import type { Namespace } from '../core/namespace.ts';
import { decodeTransfer } from './decode-message.ts';
import type { Dispositions } from './dispositions.ts';
import { acceptTarget } from './incoming-link.ts';
import { amqpError } from './outcomes.ts';

/** A client's sending link: hands its messages to the queue or topic, and says what became of them. */
export function serveProducer(
  receiver: Receiver,
  path: string,
  namespace: Namespace,
  dispositions: Dispositions,
): void {
  acceptTarget(receiver, namespace.inbox(path).settings.maxMessageBytes);
  receiver.on('message', ({ message, delivery }: EventContext) => {
    if (delivery === undefined || !Buffer.isBuffer(message)) return;
    try {
      namespace.send(path, decodeTransfer(message, delivery.format));
      dispositions.answer(delivery);
    } catch (error) {
      dispositions.answer(delivery, amqpError(error));
    }
  });
}
