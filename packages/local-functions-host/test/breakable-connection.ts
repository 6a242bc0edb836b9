import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A TCP connection to a local port that a test can break, and keep from being made again. */
export class BreakableConnection {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isRefusing = false;

  private constructor(targetPort: number) {
    this.#server = createServer((incoming) => {
      if (this.#isRefusing) {
        incoming.destroy();
        return;
      }
      const outgoing = connect(targetPort, '127.0.0.1');
      for (const socket of [incoming, outgoing]) {
        this.#sockets.add(socket);
        socket.on('error', () => {});
        socket.on('close', () => {
          incoming.destroy();
          outgoing.destroy();
          this.#sockets.delete(socket);
        });
      }
      incoming.pipe(outgoing).pipe(incoming);
    });
  }

  static async to(targetPort: number): Promise<BreakableConnection> {
    const connection = new BreakableConnection(targetPort);
    connection.#server.listen(0, '127.0.0.1');
    await once(connection.#server, 'listening');
    return connection;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Cuts what is connected and refuses whatever comes until `restore`. */
  break(): void {
    this.#isRefusing = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  restore(): void {
    this.#isRefusing = false;
  }

  async close(): Promise<void> {
    this.break();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
