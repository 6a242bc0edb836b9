import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import type { Clock } from '@sandbox-teardown/shared/clock';
import rhea, { type Connection, type ConnectionOptions, type Container } from 'rhea';
import { ClientConnection, type Shell } from './client-connection.ts';
import { guardCodec } from './codec-guard.ts';
import {
  IDLE_TIMEOUT_MS,
  MAX_CONNECTIONS,
  MAX_FRAME_BYTES,
  MAX_OPENING_CONNECTIONS,
  SESSION_BUFFER,
} from './limits.ts';
import { MemoryBudget } from './memory-budget.ts';
import { Peer, type PeerDeps } from './peer.ts';
import { Violation } from './violation.ts';

const CONNECTION_OPTIONS = {
  max_frame_size: MAX_FRAME_BYTES,
  idle_time_out: IDLE_TIMEOUT_MS,
  session_buffer_size: SESSION_BUFFER,
  tcp_no_delay: true,
  receiver_options: { autoaccept: false },
  sender_options: { treat_modified_as_released: false },
} as object as ConnectionOptions;

const IDLE_WHEN_FULL = `The local broker takes ${MAX_CONNECTIONS} connections, and this one, which had no open link, made way for the next: connect again, and open a link.`;

/** How long clients may take to read what is on its way to them when the broker closes. */
const CLOSING_MS = 500;

/** Accepts clients, and limits what they cost. */
export class Listener {
  readonly #shell: Shell;
  readonly #deps: PeerDeps;
  readonly #container: Container = rhea.create_container({ id: 'local-service-bus' });
  readonly #server: Server = createServer((socket) => this.#admit(socket));
  readonly #sockets = new Set<Socket>();
  /** In the order in which they came. */
  readonly #peers = new Set<Peer>();
  readonly #opening = new Set<Peer>();

  constructor(shell: Shell, clock: Clock) {
    this.#shell = shell;
    const memory = new MemoryBudget(() => clock.nowMs());
    this.#deps = { clock, memory, log: shell.log };
    guardCodec();
    allowAnyone(this.#container.sasl_server_mechanisms);
    // rhea throws, or prints, what no one listens to; the peer it came from is cut off by then.
    for (const event of ['error', 'protocol_error', 'connection_error', 'disconnected']) {
      this.#container.on(event, () => undefined);
    }
  }

  /** @returns the port */
  async listen(host: string, port: number): Promise<number> {
    this.#server.listen(port, host);
    await once(this.#server, 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroySoon();
    const { clock } = this.#deps;
    // A client that reads nothing would keep its connection for ever.
    const cancel = clock.schedule(clock.nowMs() + CLOSING_MS, () => {
      for (const socket of this.#sockets) socket.destroy();
    });
    await closed;
    cancel();
  }

  #admit(socket: Socket): void {
    if (this.#peers.size >= MAX_CONNECTIONS && !this.#makeRoom()) {
      this.#shell.log(`service bus: turned a client away: ${MAX_CONNECTIONS} are in use already`);
      socket.destroy();
      return;
    }
    this.#sockets.add(socket);
    const connection = this.#container.create_connection(CONNECTION_OPTIONS);
    const peer = new Peer(connection, socket, this.#deps);
    this.#peers.add(peer);
    this.#opening.add(peer);
    connection.once('connection_open', () => this.#serve(connection, socket, peer));
    socket.once('close', () => {
      this.#sockets.delete(socket);
      this.#opening.delete(peer);
      this.#peers.delete(peer);
    });
    const [longest] = this.#opening;
    if (this.#opening.size > MAX_OPENING_CONNECTIONS) {
      longest?.cutOff(new Violation('it made way for one that may be quicker to open'));
    }
  }

  /** Of those that have no link, the one that has been here longest goes. */
  #makeRoom(): boolean {
    const idle = [...this.#peers].find((peer) => !peer.isInUse);
    if (idle === undefined) return false;
    this.#peers.delete(idle);
    idle.end('amqp:connection:forced', IDLE_WHEN_FULL);
    return true;
  }

  #serve(connection: Connection, socket: Socket, peer: Peer): void {
    this.#opening.delete(peer);
    const { log } = this.#shell;
    const client = new ClientConnection(connection, this.#shell, peer.sendBuffer);
    peer.alsoHolds(client.waiting);
    log(`service bus: ${connection.container_id} connected`);
    let isGone = false;
    const leave = (): void => {
      if (isGone) return;
      isGone = true;
      client.close();
      log(`service bus: ${connection.container_id} left`);
    };
    for (const event of ['connection_close', 'connection_error', 'disconnected']) {
      connection.on(event, leave);
    }
    socket.once('close', leave);
  }
}

interface SaslMechanisms {
  enable_anonymous(): void;
  ANONYMOUS: unknown;
  MSSBCBS: unknown;
}

/** Clients show who they are on `$cbs`; .NET ones may ask for that by the mechanism's own name. */
function allowAnyone(mechanisms: SaslMechanisms): void {
  mechanisms.enable_anonymous();
  mechanisms.MSSBCBS = mechanisms.ANONYMOUS;
}
