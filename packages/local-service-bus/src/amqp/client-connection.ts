import type { Connection, EventContext, Receiver, Sender, Session } from 'rhea';
import { BrokerError } from '../core/broker-error.ts';
import type { Namespace } from '../core/namespace.ts';
import { type Node, nodeKey, parseAddress } from './address.ts';
import { Consumer } from './consumer.ts';
import type { Dispatcher } from './dispatcher.ts';
import { Dispositions } from './dispositions.ts';
import { acceptTarget } from './incoming-link.ts';
import { MAX_LINKS } from './limits.ts';
import { isRead, manage } from './management.ts';
import { type AmqpError, amqpError } from './outcomes.ts';
import { OutgoingLink } from './outgoing-link.ts';
import type { Held } from './peer.ts';
import { serveProducer } from './producer.ts';
import { LateReply } from './reply-link.ts';
import { ReplyLinks } from './reply-links.ts';
import { encodeResponse, type Request, readRequest, respond } from './request.ts';
import { leaveMessagesEncoded } from './rhea-internals.ts';
import type { SendBuffer } from './send-buffer.ts';
import type { WorkQueue } from './work-queue.ts';

export interface Shell {
  readonly namespace: Namespace;
  readonly dispatcher: Dispatcher;
  /** For what costs much and can wait. */
  readonly workQueue: WorkQueue;
  readonly log: (line: string) => void;
}

/** Requests hold messages to schedule, so they may be as large as several of them. */
const MAX_REQUEST_BYTES = 1_048_576;

const SESSION_FILTER = 'com.microsoft:session-filter';

/** One client: answers its links, each with what its address names. */
export class ClientConnection {
  readonly #shell: Shell;
  readonly #dispositions = new Dispositions();
  readonly #replies: ReplyLinks;
  readonly #sendBuffer: SendBuffer;
  readonly #consumers = new Set<Consumer>();

  constructor(connection: Connection, shell: Shell, sendBuffer: SendBuffer) {
    this.#shell = shell;
    this.#sendBuffer = sendBuffer;
    this.#replies = new ReplyLinks(sendBuffer, shell.workQueue);
    sendBuffer.onRoom(() => {
      for (const { path } of this.#consumers) shell.dispatcher.wake(path);
    });
    leaveMessagesEncoded(connection);
    connection.on('sender_open', ({ sender, session }: EventContext) => {
      if (sender && session) this.#orRefuse(sender, () => this.#openSender(sender, session));
    });
    connection.on('receiver_open', ({ receiver, session }: EventContext) => {
      if (receiver && session)
        this.#orRefuse(receiver, () => this.#openReceiver(receiver, session));
    });
  }

  /** What waits until this client takes it. */
  get waiting(): Held {
    return this.#replies;
  }

  /** To be called when the connection is gone: its locks stay until they expire, as in Service Bus. */
  close(): void {
    for (const consumer of this.#consumers) this.#shell.dispatcher.remove(consumer);
  }

  #orRefuse(link: Sender | Receiver, open: () => void): void {
    try {
      open();
    } catch (error) {
      const reason: AmqpError = amqpError(error);
      this.#shell.log(`service bus: refused a link: ${reason.description}`);
      link.close(reason);
    }
  }

  #openSender(sender: Sender, session: Session): void {
    const node = parseAddress(sender.source?.address ?? '');
    if (node.kind === 'entity') this.#consume(sender, node.path);
    else this.#replies.add(sender, session, nodeKey(node));
  }

  #consume(sender: Sender, path: string): void {
    refuseUnsupportedSource(sender.source, path);
    const { namespace, dispatcher } = this.#shell;
    namespace.queue(path);
    const link = new OutgoingLink(sender, this.#sendBuffer);
    const consumer = new Consumer(link, path, namespace, this.#dispositions);
    this.#consumers.add(consumer);
    dispatcher.add(consumer);
    // Not at once: rhea reports dispositions that came in before this flow only at the end of the turn.
    sender.on('sender_flow', () => dispatcher.wake(path));
    const forget = (): void => {
      this.#consumers.delete(consumer);
      dispatcher.remove(consumer);
    };
    sender.on('sender_close', forget);
    sender.session.setMaxListeners(MAX_LINKS).on('session_close', forget);
  }

  #openReceiver(receiver: Receiver, session: Session): void {
    if (receiver.target === null || receiver.target.address === undefined) {
      throw new BrokerError(
        'amqp:not-implemented',
        'The local broker does not support transactions: it takes no link without an address.',
      );
    }
    const node = parseAddress(receiver.target.address);
    if (node.kind === 'entity') {
      serveProducer(receiver, node.path, this.#shell.namespace, this.#dispositions);
    } else {
      this.#serveRequests(receiver, session, node);
    }
  }

  #serveRequests(receiver: Receiver, session: Session, node: Node): void {
    acceptTarget(receiver, MAX_REQUEST_BYTES);
    receiver.on('message', ({ message, delivery }: EventContext) => {
      if (delivery === undefined || !Buffer.isBuffer(message)) return;
      try {
        this.#answer(session, node, message);
        this.#dispositions.answer(delivery);
      } catch (error) {
        this.#dispositions.answer(delivery, amqpError(error));
      }
    });
  }

  /** Peeking costs much and changes nothing: it can wait until the client takes the answer. */
  #answer(session: Session, node: Node, bytes: Buffer): void {
    const request = readRequest(bytes);
    const link = this.#replies.find(session, nodeKey(node), request.replyTo);
    if (isRead(request.operation)) {
      link?.add(new LateReply(bytes, (question) => this.#reply(node, readRequest(question))));
      return;
    }
    const reply = this.#reply(node, request);
    link?.add({ bytes: reply.length, isLate: false, encode: () => reply });
  }

  #reply(node: Node, request: Request): Buffer {
    return encodeResponse(
      respond(() => this.#perform(node, request)),
      request.messageId,
    );
  }

  #perform(node: Node, request: Request): Readonly<Record<string, unknown>> | undefined {
    // Whoever reaches a port on 127.0.0.1 may use it: any token will do.
    if (node.kind === 'cbs') return {};
    return manage(this.#shell.namespace, node.path, request.operation, request.body);
  }
}

/** A filter that is passed over would deliver what the client asked not to get; so would browsing. */
function refuseUnsupportedSource(source: Sender['source'], path: string): void {
  const filters = Object.keys(source.filter ?? {});
  if (filters.includes(SESSION_FILTER)) throw sessionsRefused(path);
  if (filters.length > 0) {
    throw new BrokerError(
      'amqp:not-implemented',
      `The local broker does not support the source filter ${filters.join(', ')}: receive from ${path} without one.`,
    );
  }
  const mode: unknown = source.distribution_mode;
  if (mode !== undefined && mode !== null && mode !== 'move') {
    throw new BrokerError(
      'amqp:not-implemented',
      `The local broker does not support the distribution mode "${String(mode)}": peek at ${path} instead.`,
    );
  }
}

const sessionsRefused = (path: string): BrokerError =>
  new BrokerError(
    'amqp:not-implemented',
    `The local broker does not support sessions: receive from ${path} without one.`,
  );
