import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** How a peer fails to answer: not at all, or so slowly that its end takes minutes. */
export type Manner = 'never answers' | 'sends its headers slowly' | 'sends its body slowly';

/** Slow is a byte in this time; tests need not wait whole seconds to see that it takes too long. */
const BYTE_MS = 20;

const STATUS = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
const LONG_BODY = JSON.stringify({ items: [], filler: 'x'.repeat(10_000) });

/** A server that takes every connection and never finishes an answer, until `passOnTo`. */
export async function unansweringPeer(manner: Manner) {
  const sockets = new Set<Socket>();
  const state = { requests: 0, finished: 0 };
  let targetPort: number | undefined;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    if (targetPort !== undefined) {
      const target = connect(targetPort, '127.0.0.1').on('error', () => socket.destroy());
      socket.once('close', () => target.destroy());
      socket.pipe(target).pipe(socket);
      return;
    }
    socket.on('data', () => undefined);
    socket.once('data', () => {
      state.requests += 1;
      if (manner !== 'never answers') drip(socket, manner, () => (state.finished += 1));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    state,
    port: (server.address() as AddressInfo).port,
    /** From now on it answers as the server on that port does; whoever waits already waits on. */
    passOnTo: (port: number): void => {
      targetPort = port;
    },
  };
}

function drip(socket: Socket, manner: Manner, onFinished: () => void): void {
  const headers = `${STATUS}content-length: ${LONG_BODY.length}\r\n\r\n`;
  let rest = headers + LONG_BODY;
  if (manner === 'sends its body slowly') {
    socket.write(headers);
    rest = LONG_BODY;
  }
  const timer = setInterval(() => {
    socket.write(rest.slice(0, 1));
    rest = rest.slice(1);
    if (rest !== '') return;
    clearInterval(timer);
    onFinished();
  }, BYTE_MS);
  socket.once('close', () => clearInterval(timer));
}
