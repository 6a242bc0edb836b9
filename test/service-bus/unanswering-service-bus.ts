import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** How the way to Service Bus is: open, taken and silent, or with answers a byte a second. */
export type Manner = 'answers' | 'never answers' | 'answers a byte a second';

const BYTE_MS = 1_000;

/** Stands before a broker; what `manner` says holds for connections that are open, too. */
export async function unansweringServiceBus(connectionString: string, manner: Manner) {
  const [, port = ''] = /sb:\/\/[^:;]+:(\d+)/.exec(connectionString) ?? [];
  const state = { manner, connections: 0 };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    state.connections += 1;
    const broker = connect(Number(port), '127.0.0.1');
    const slow: number[] = [];
    const timer = setInterval(() => {
      const byte = slow.shift();
      if (byte !== undefined) socket.write(Buffer.of(byte));
    }, BYTE_MS);
    for (const end of [socket, broker]) {
      sockets.add(end);
      end.on('error', () => undefined);
    }
    socket.once('close', () => {
      broker.destroy();
      clearInterval(timer);
    });
    broker.once('close', () => socket.destroy());
    socket.on('data', (data) => {
      if (state.manner !== 'never answers') broker.write(data);
    });
    broker.on('data', (data) => {
      if (state.manner === 'answers') socket.write(data);
      else if (state.manner === 'answers a byte a second') slow.push(...data);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const own = String((server.address() as AddressInfo).port);
  return { state, connectionString: connectionString.replace(`:${port}`, `:${own}`) };
}
