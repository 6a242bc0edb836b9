import { once } from 'node:events';
import rhea, {
  type Connection,
  type Delivery,
  type EventContext,
  type Message,
  type Receiver,
  type Sender,
} from 'rhea';

export interface Delivered {
  readonly message: Message;
  readonly delivery: Delivery;
}

interface OpenReceiver {
  readonly receiver: Receiver;
  readonly delivered: Delivered[];
  /** Resolves once the broker has answered everything sent to it before. */
  settled(): Promise<void>;
}

/** A bare AMQP client, for what the SDK would not do. */
export class WireClient {
  readonly #connection: Connection;

  private constructor(connection: Connection) {
    this.#connection = connection;
  }

  static async connect(port: number): Promise<WireClient> {
    const container = rhea.create_container();
    // rhea throws, or prints, what no one listens to.
    for (const event of ['error', 'disconnected']) container.on(event, () => undefined);
    const connection = container.connect({ host: '127.0.0.1', port, reconnect: false });
    await once(connection, 'connection_open');
    return new WireClient(connection);
  }

  async openSender(target: object): Promise<Sender> {
    const sender = this.#connection.open_sender({ target } as Parameters<
      Connection['open_sender']
    >[0]);
    await once(sender, 'sendable');
    return sender;
  }

  async openLink(kind: 'sender' | 'receiver', options: object): Promise<Sender | Receiver> {
    const link =
      kind === 'sender'
        ? this.#connection.open_sender(options)
        : this.#connection.open_receiver({ credit_window: 0, ...options });
    await once(link, `${kind}_open`);
    return link;
  }

  /** Opens a link that the broker is to refuse, and returns why it did. */
  async refusedLink(open: 'sender' | 'receiver', options: object): Promise<string> {
    const link =
      open === 'sender'
        ? this.#connection.open_sender(options)
        : this.#connection.open_receiver({ credit_window: 0, ...options });
    await once(link, `${open}_error`);
    const { error } = link;
    return error !== undefined && 'condition' in error
      ? `${error.condition}: ${error.description}`
      : 'no error';
  }

  /** A receiver without credit. */
  async openReceiver(options: object): Promise<OpenReceiver> {
    const receiver = this.#connection.open_receiver({
      credit_window: 0,
      autoaccept: false,
      rcv_settle_mode: 1,
      ...options,
    });
    const delivered: Delivered[] = [];
    receiver.on('message', ({ message, delivery }: EventContext) => {
      if (message !== undefined && delivery !== undefined) delivered.push({ message, delivery });
    });
    await once(receiver, 'receiver_open');
    const settled = async (): Promise<void> => {
      const drained = once(receiver, 'receiver_drained');
      receiver.drain_credit();
      await drained;
      receiver.drain = false;
    };
    return { receiver, delivered, settled };
  }

  async close(): Promise<void> {
    const closed = once(this.#connection, 'connection_close');
    this.#connection.close();
    await closed;
  }
}

/** Sends, and resolves with the outcome. */
export async function send(sender: Sender, message: unknown, format?: number): Promise<string> {
  const delivery = sender.send(message as Message, undefined, format);
  return new Promise((resolve) => {
    const finish = (outcome: string) => (context: EventContext) => {
      if (context.delivery !== delivery) return;
      const { condition } = context.delivery.remote_state?.['error'] ?? {};
      resolve(condition === undefined ? outcome : `${outcome}: ${condition}`);
    };
    sender.on('accepted', finish('accepted'));
    sender.on('rejected', finish('rejected'));
  });
}
